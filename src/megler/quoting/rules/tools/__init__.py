"""What an agent asks beside the price: other classes, terms, ages and amounts, all priced alike."""
