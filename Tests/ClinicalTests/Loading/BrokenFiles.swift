// SPDX-License-Identifier: Apache-2.0

private let retry = "retry_h: { value: 48, source: [soleus-proposal], tag: S }"
private let goodDays = "good_days_to_step_up: { value: 2,"
private let darkUrine = "when: { finding: dark_urine, is: \"yes\" }"

extension BrokenFile {
    static let all = shape + evidence + names + twice + numbers + programme + texts

    private static let shape = [
        BrokenFile("no YAML", "scores.yaml", nil, "- id: [a\n- b: }", at: "- b", "is not YAML"),
        BrokenFile("a tab", "scores.yaml", nil, "- id: a\n\tpoints: 1", at: "points", "is not YAML"),
        BrokenFile("an empty file", "norms.yaml", nil, "", at: nil, "is empty"),
        BrokenFile("only comments", "checkin.yaml", nil, "# nothing\n", at: nil, "is empty"),
        BrokenFile(
            "a list instead of keys", "pathway.yaml", nil, "- a\n- b\n", at: "- a",
            "expected keys and values, found a list"),
        BrokenFile(
            "keys instead of a list", "screening.yaml", nil, "id: T\n", at: "id",
            "expected a list, found keys and values"),
        BrokenFile(
            "one key twice", "pathway.yaml", "version: 1.0.0", "version: 1.0.0\nversion: 1.0.1",
            at: "version: 1.0.0", "'version' twice"),
        BrokenFile(
            "a misspelt key", "screening.yaml", "  disposition: emergency_now",
            "  dispositon: emergency_now", at: "dispositon", "unknown key 'dispositon'"),
        BrokenFile(
            "a missing key", "screening.yaml", "  disposition: emergency_now\n", "", at: "id: T-PE-1",
            "'disposition' is missing"),
        BrokenFile("no rule at all", "screening.yaml", nil, "[]", at: nil, "needs at least one rule"),
        BrokenFile(
            "a rule asked nowhere", "screening.yaml", "at: [evaluation]", "at: []", at: "at: []",
            "must be asked somewhere"),
        BrokenFile(
            "an empty 'any'", "screening.yaml", darkUrine, "when: { any: [] }", at: "any: []",
            "at least one condition"),
        BrokenFile(
            "a test that would be ignored", "screening.yaml", darkUrine,
            "when: { finding: dark_urine, is: \"yes\", at_least: 1 }", at: "finding: dark_urine, is",
            "'at_least' means nothing beside 'is'"),
        BrokenFile(
            "a limit on a whole 'all'", "screening.yaml", darkUrine,
            "when: { all: [{ finding: dark_urine, is: \"yes\" }], above: 2 }", at: "above: 2 }",
            "'above' means nothing beside 'all'"),
        BrokenFile(
            "two conditions in one", "screening.yaml", darkUrine,
            "when: { finding: dark_urine, not: { finding: fever, is: \"no\" } }",
            at: "finding: dark_urine, not",
            "exactly one of: all, any"),
        BrokenFile(
            "no words to be", "screening.yaml", darkUrine, "when: { finding: dark_urine, is: [] }",
            at: "dark_urine, is: []", "at least one word"),
        BrokenFile(
            "at least none of", "screening.yaml", darkUrine,
            "when: { at_least: 0, of: [{ finding: dark_urine, is: \"yes\" }] }", at: "at_least: 0",
            "from 1 to 1"),
        BrokenFile(
            "more than there are", "screening.yaml", darkUrine,
            "when: { at_least: 2, of: [{ finding: dark_urine, is: \"yes\" }] }", at: "at_least: 2, of",
            "from 1 to 1")
    ]

    private static let evidence = [
        BrokenFile(
            "a number without a source", "pathway.yaml", retry, "retry_h: { value: 48, tag: S }",
            at: "retry_h", "'source' is missing"),
        BrokenFile(
            "an empty list of sources", "pathway.yaml", retry, "retry_h: { value: 48, source: [], tag: S }",
            at: "retry_h", "needs at least one citation"),
        BrokenFile(
            "a source that is no list", "pathway.yaml", retry,
            "retry_h: { value: 48, source: soleus-proposal, tag: S }", at: "retry_h", "expected a list"),
        BrokenFile(
            "a citation that nobody wrote down", "screening.yaml", "source: [niosh-rhabdo]",
            "source: [niosh-rabdo]", at: "niosh-rabdo", "unknown citation 'niosh-rabdo'"),
        BrokenFile(
            "no tag", "pathway.yaml", retry, "retry_h: { value: 48, source: [soleus-proposal] }",
            at: "retry_h", "'tag' is missing"),
        BrokenFile(
            "an unknown tag", "pathway.yaml", retry,
            "retry_h: { value: 48, source: [soleus-proposal], tag: F3 }", at: "retry_h",
            "unknown word 'F3'; expected one of: F, F2, M, S"),
        BrokenFile(
            "a rule without a source", "screening.yaml", "  source: [niosh-rhabdo]\n", "",
            at: "id: T-RHA-1", "'source' is missing"),
        BrokenFile(
            "a citation without a text", "citations.yaml", "clifton-pt: { text:", "clifton-pt: { link:",
            at: "clifton-pt:", "'text' is missing")
    ]

    private static let names = [
        BrokenFile(
            "an unknown finding in a rule", "screening.yaml", "{ finding: dark_urine,",
            "{ finding: dark_urin,", at: "dark_urin,", "unknown finding 'dark_urin'"),
        BrokenFile(
            "a word that the finding never has", "screening.yaml", "{ finding: swelling_trend, is: worse }",
            "{ finding: swelling_trend, is: worst }", at: "is: worst",
            "'swelling_trend' is never 'worst'; it is one of: better, same, worse"),
        BrokenFile(
            "'unsure' as an answer that decides", "screening.yaml", darkUrine,
            "when: { finding: dark_urine, is: unsure }", at: "is: unsure }", "is never 'unsure'"),
        BrokenFile(
            "a number test on a word", "screening.yaml", darkUrine,
            "when: { finding: dark_urine, at_least: 1 }", at: "dark_urine, at_least", "is no number"),
        BrokenFile(
            "a word test on a number", "screening.yaml", "{ finding: pulse_bpm, above: 100 }",
            "{ finding: pulse_bpm, is: high }", at: "is: high", "'pulse_bpm' is never 'high'"),
        BrokenFile(
            "an unknown score", "screening.yaml", "{ score: wells_without_minus2, at_least: 2 }",
            "{ score: wells, at_least: 2 }", at: "score: wells,", "unknown score 'wells'"),
        BrokenFile(
            "an unknown urgency", "screening.yaml", "disposition: emergency_now",
            "disposition: emergency", at: "disposition: emergency", "unknown word 'emergency'"),
        BrokenFile(
            "an unknown place", "screening.yaml", "at: [evaluation]", "at: [clinic]", at: "at: [clinic]",
            "unknown word 'clinic'"),
        BrokenFile(
            "an unknown measure in a criterion", "pathway.yaml", "fact: run_minutes", "fact: run_minute",
            at: "fact: run_minute,", "unknown measure 'run_minute'"),
        BrokenFile(
            "a question about nothing", "questions.yaml", "findings: [gap]", "findings: [gaps]",
            at: "[gaps]", "unknown finding 'gaps'"),
        BrokenFile(
            "a daily question about nothing", "checkin.yaml", "  - dark_urine", "  - urine_dark",
            at: "urine_dark", "unknown finding 'urine_dark'"),
        BrokenFile(
            "a symmetry of nothing", "measures.yaml", "symmetry_of: knee_to_wall",
            "symmetry_of: knee_wall", at: "symmetry_of: knee_wall", "not recorded for both sides"),
        BrokenFile(
            "an exercise in an unknown phase", "exercises.yaml", "phases: [maintain]", "phases: [keep]",
            at: "phases: [keep]", "unknown phase 'keep'")
    ]

    private static let twice = [
        BrokenFile(
            "two findings of one name", "findings.yaml", "id: pe_collapse,", "id: pe_cough_blood,",
            at: nil, "'pe_cough_blood' is there twice"),
        BrokenFile(
            "two measures of one name", "measures.yaml", "id: run_minutes,", "id: walk_minutes,", at: nil,
            "'walk_minutes' is there twice"),
        BrokenFile(
            "two rules of one name", "screening.yaml", "id: T-PE-2", "id: T-PE-1", at: nil,
            "'T-PE-1' is there twice"),
        BrokenFile(
            "two phases of one name", "pathway.yaml", "id: foundation", "id: protect", at: nil,
            "'protect' is there twice"),
        BrokenFile(
            "two exercises of one name", "exercises.yaml", "id: ankle_circles", "id: ankle_pumps", at: nil,
            "'ankle_pumps' is there twice"),
        BrokenFile(
            "two treatments of one name", "treatments.yaml", "id: push_off", "id: heel_to_toe", at: nil,
            "'heel_to_toe' is there twice"),
        BrokenFile(
            "two pages of one name", "questions.yaml", "id: bone,", "id: other,", at: nil,
            "'other' is there twice")
    ]

    private static let numbers = [
        BrokenFile(
            "a finding without a unit", "findings.yaml", "to: 120, unit: a,", "to: 120,",
            at: "id: age_years", "'unit' is missing"),
        BrokenFile(
            "a measure without a unit", "measures.yaml", "id: knee_to_wall, unit: cm,",
            "id: knee_to_wall,", at: "id: knee_to_wall,", "'unit' is missing"),
        BrokenFile(
            "a word where a number belongs", "pathway.yaml", retry,
            "retry_h: { value: two days, source: [soleus-proposal], tag: S }", at: "retry_h",
            "found 'two days'"),
        BrokenFile(
            "no good day at all", "pathway.yaml", goodDays, "good_days_to_step_up: { value: 0,",
            at: "good_days_to_step_up", "from 1 to 1000"),
        BrokenFile(
            "half a good day", "pathway.yaml", goodDays, "good_days_to_step_up: { value: 1.5,",
            at: "good_days_to_step_up", "a whole number"),
        BrokenFile(
            "a number beyond every computer", "pathway.yaml", goodDays,
            "good_days_to_step_up: { value: 1e30,", at: "good_days_to_step_up", "from 1 to 1000"),
        BrokenFile(
            "a pause into the past", "pathway.yaml", "retry_h: { value: 48", "retry_h: { value: -48",
            at: "retry_h", "from 0 to 8760"),
        BrokenFile(
            "a ceiling above the scale", "pathway.yaml", "pain_ceiling_nrs: { value: 2",
            "pain_ceiling_nrs: { value: 11", at: "value: 11", "from 0 to 10"),
        BrokenFile(
            "a range the wrong way round", "findings.yaml", "from: 0, to: 120", "from: 120, to: 0",
            at: "from: 120", "'from' is above 'to'"),
        BrokenFile(
            "an age band the wrong way round", "norms.yaml", "age_from: 20, age_to: 30",
            "age_from: 30, age_to: 20", at: "age_from: 30, age_to: 20", "'age_from' is not below 'age_to'"),
        BrokenFile(
            "a choice of one", "findings.yaml", "values: [left, right, both]", "values: [left]",
            at: "values: [left]", "two different words")
    ]

    private static let programme = [
        BrokenFile(
            "a gap in the phases", "pathway.yaml", "    number: 2", "    number: 3", at: "id: strength",
            "phase 3 cannot be reached"),
        BrokenFile(
            "a phase that nothing ends", "pathway.yaml",
            "      - { id: rest_pain_settled, fact: pain_rest_nrs, at_most: 2, source: [soleus-proposal], tag: S }\n      - { id: stands_on_both_feet, fact: stands_on_both_feet, is: \"yes\", source: [soleus-proposal], tag: S }\n",
            "      []\n", at: "id: protect", "needs at least one exit criterion"),
        BrokenFile(
            "a phase without an exercise", "exercises.yaml", "phases: [maintain]", "phases: [sport]",
            at: nil, "phase 'maintain' has no exercise"),
        BrokenFile(
            "a ladder that rises too fast", "exercises.yaml", "{ sets: 3, reps: 8, times_per_week: 3 }",
            "{ sets: 7, reps: 8, times_per_week: 3 }", at: "sets: 7", "the pathway's cap is 100 %"),
        BrokenFile(
            "a ladder without a rung", "exercises.yaml", "    - { times_per_week: 2 }", "    []",
            at: "    []", "needs at least one rung"),
        BrokenFile(
            "a dose of nothing", "exercises.yaml", "- { times_per_week: 2 }", "- {}", at: "- {}",
            "a dose needs"),
        BrokenFile(
            "a dose that nobody can do", "exercises.yaml", "{ sets: 2, reps: 15, times_per_day: 3 }",
            "{ sets: 2, reps: 1500, times_per_day: 3 }", at: "reps: 1500", "'reps' must be from 1 to 200")
    ]

    private static let texts = [
        BrokenFile(
            "a rule without its sentence", "words/en.yaml", "  T-PE-1:", "  T-PE-9:", at: nil,
            "has no text for 'rule.T-PE-1'"),
        BrokenFile(
            "a language that is half done", "words/es.yaml", nil, "answer:\n  \"yes\": \"Sí\"\n", at: nil,
            "has no text for"),
        BrokenFile("an empty sentence", "words/en.yaml", "\"Yes\"", "\"\"", at: "\"\"", "expected a text")
    ]
}
