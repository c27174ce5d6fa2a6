"""The Scrapy project: fetches or reads pages, hands them to `cleaners`, and exports what comes back."""
