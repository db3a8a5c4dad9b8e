Feature: Leaving and coming back
  Every answer is saved at once. A person who comes back finds the same answers.

  Scenario: Answers are there again
    Given an applicant starts a proposal
    And they have answered the title with "Safer borders"
    And they have answered the total with "400 000,50"
    When they leave and come back
    Then the title is shown as "Safer borders"
    And the total is shown as "EUR 400 000.50"
    And the verdict they see is incomplete

  Scenario: A file from elsewhere keeps fields that the form does not ask
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    And somebody has put the field "reviewer_note" into the file
    When they leave and come back
    And they answer the acronym with "NEW-NAME"
    Then the acronym in the file is "NEW-NAME"
    And the field "reviewer_note" is still in the file

  Scenario: Opening a file does not change it
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    When they leave and come back
    Then the file is as it was
