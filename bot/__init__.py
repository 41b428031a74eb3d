"""How the conversation goes: what to ask, what to propose, when to pass on."""
