"""What both faces share: refusals, guards, fields, answers."""
