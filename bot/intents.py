"""The intents that the conversation treats alike."""

PROJECT_INTENTS = frozenset(
    {
        "find_training",
        "change_career",
        "explore_jobs",
        "review_skills",
        "validate_experience",
        "start_business",
        "learn_basics",
        "company_need",
    }
)
SPECIFIC_PROJECTS = PROJECT_INTENTS - {"find_training", "change_career", "explore_jobs"}
AIMING_INTENTS = frozenset(
    {"find_training", "change_career", "start_business", "validate_experience", "company_need", "explore_jobs"}
)
# Asked of a job while none is aimed at: it is the one looked into.
LOOKING_INTO = frozenset({"ask_schedule", "ask_outcomes", "ask_certification", "ask_price"})
REFUSALS = frozenset({"deny", "dont_know", "cancel"})
FREE_ANSWERS = frozenset({"inform", "correct", "nlu_fallback", "greet", "out_of_scope"}) | PROJECT_INTENTS
