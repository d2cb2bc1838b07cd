"""The CV as files: PDF, plain text and JSON Resume, all made of one ``CvDocument``."""
