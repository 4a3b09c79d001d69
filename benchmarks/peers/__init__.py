"""Other engines that answer the benchmark's questions, each from the structure that suits it best."""
