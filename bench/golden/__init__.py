"""The golden benchmark of finding: labelled questions, four engines, how often each is right."""
