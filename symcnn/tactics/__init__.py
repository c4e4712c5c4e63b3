"""The untrusted search that builds proof trees: evidence by z3, normal forms, changes of indices, cases."""
