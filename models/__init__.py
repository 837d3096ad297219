"""The embedded Japanese stance model: tokenizer, encoder, training and inference."""
