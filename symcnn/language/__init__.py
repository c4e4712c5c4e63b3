"""What a user writes: sizes, brackets, tensors, identities, in SymPy; and what they mean to the kernel."""
