"""The pages of orders, vendors, facilities, the tray and received records."""
