Feature: Partners
  A partner fills in the part of one applicant in a short form. The lead applicant brings the part back into the draft.

  Background:
    Given an applicant opens the example "eligible-lithuania-moldova.json"

  Scenario: A part goes out as a short form and comes back in one step
    When they send a part to co-applicant 1
    Then the form of the part asks for its applicant only
    And the result of the part is not shown
    When the partner answers the co-applicant's name with "Moldovan Border Police"
    And the partner answers the unit cost of the part's first budget line with "1500"
    And they bring the part back
    Then they are asked whether to take "Moldovan Border Police"
    And co-applicant 1 is called "General Inspectorate of Border Police"
    When they take the changes
    Then co-applicant 1 is called "Moldovan Border Police"
    When they undo
    Then the draft has the answers of the example again
    When they redo
    And they bring the part back
    Then they are told of the part that "the draft has these answers already"

  Scenario: An answer that both changed waits for a choice
    When they send a part to co-applicant 1
    And they answer the co-applicant's name with "Ours"
    And the partner answers the co-applicant's name with "Theirs"
    And they bring the part back
    Then they see both "Ours" and "Theirs"
    And co-applicant 1 is called "Ours"
    When they choose the partner's answer to the co-applicant's name
    And they take the changes
    Then co-applicant 1 is called "Theirs"
    When they undo
    Then co-applicant 1 is called "Ours"

  Scenario: A partner cannot change what the part does not ask for
    When they send a part to co-applicant 1
    And somebody changes the fund in the part to "ISF"
    And the partner answers the co-applicant's name with "Moldovan Border Police"
    And they bring the part back
    Then they are told of the part that "fund: The partner was not asked for this. It was not taken."
    When they take the changes
    Then co-applicant 1 is called "Moldovan Border Police"
    And the fund in the file is still "BMVI"

  Scenario: A comment changes no result and is listed before the proposal is submitted
    When they comment on the title with "to check with Ana"
    Then the verdict they see is eligible
    And they see under "Comments to settle before you submit" that "The project, Title: to check with Ana"
