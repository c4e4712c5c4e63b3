"""An attack on the kernel: valid proofs, changed at random in ways that might let a false statement in."""
