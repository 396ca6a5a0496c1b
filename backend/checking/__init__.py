"""The content check: WeChat looks at what residents hand in, a person where it must be."""
