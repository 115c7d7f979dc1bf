"""What must outlive a restart and is not knowledge. Knows no Discord; synchronous; takes the time as an argument."""
