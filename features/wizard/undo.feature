Feature: Undo and redo
  Each answered question is one step. Every step can be taken back and done again.

  Scenario: An answer is taken back and done again
    Given an applicant begins a proposal
    And they have answered the title with "Safer borders"
    And they have answered the title with "Safer documents"
    When they undo
    Then the title is shown as "Safer borders"
    When they undo
    Then the title is not answered
    When they redo
    And they redo
    Then the title is shown as "Safer documents"

  Scenario: There is nothing to undo at the beginning
    Given an applicant begins a proposal
    When they undo
    Then the title is not answered

  Scenario: A new answer after an undo
    Given an applicant begins a proposal
    And they have answered the title with "Safer borders"
    When they undo
    And they answer the title with "Safer documents"
    And they redo
    Then the title is shown as "Safer documents"

  Scenario: What was not understood comes back too
    Given an applicant begins a proposal
    And they have answered the total with "about 400"
    And they have answered the total with "400000"
    When they undo
    Then "about 400" stands in the total

  Scenario: A co-applicant that was taken out comes back with its answers
    Given an applicant begins a proposal
    And they have added the co-applicant "Border Police"
    When they take out co-applicant 1
    Then there are 0 co-applicants
    When they undo
    Then there are 1 co-applicants
    And co-applicant 1 is called "Border Police"
