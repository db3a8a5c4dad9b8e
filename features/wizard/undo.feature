Feature: Undo and redo
  Each answered question is one step. People can undo and redo every step.

  Scenario: Undo and redo an answer
    Given an applicant starts a proposal
    And they have answered the title with "Safer borders"
    And they have answered the title with "Safer documents"
    When they undo
    Then the title is shown as "Safer borders"
    When they undo
    Then the title is not answered
    When they redo
    And they redo
    Then the title is shown as "Safer documents"

  Scenario: Nothing to undo at the start
    Given an applicant starts a proposal
    When they undo
    Then the title is not answered

  Scenario: A new answer after an undo
    Given an applicant starts a proposal
    And they have answered the title with "Safer borders"
    When they undo
    And they answer the title with "Safer documents"
    And they redo
    Then the title is shown as "Safer documents"

  Scenario: An answer that was not understood also comes back
    Given an applicant starts a proposal
    And they have answered the total with "about 400"
    And they have answered the total with "400000"
    When they undo
    Then "about 400" is in the total

  Scenario: A removed co-applicant comes back with its answers
    Given an applicant starts a proposal
    And they have added the co-applicant "Border Police"
    When they remove co-applicant 1
    Then there are 0 co-applicants
    When they undo
    Then there are 1 co-applicants
    And co-applicant 1 is called "Border Police"
