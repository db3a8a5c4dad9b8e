Feature: References to applicants
  Budget lines, documents and co-financing name the applicants. If an applicant is deleted, the program says first which
  answers name it. It marks these answers at their fields, and it lists them in the status.

  Scenario Outline: Deleting an applicant who provides co-financing
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    And they have answered the co-financing source with "bp-md"
    And they have answered the type of co-financing with "<type>"
    When they remove co-applicant 1
    Then they are asked first, and told "the answers that name it are then marked"
    And there are 1 co-applicants
    When they confirm it
    Then there are 0 co-applicants
    And "Source" is among what they should check
    And "Applicant" is among what they should check
    When they undo
    Then there are 1 co-applicants
    And "Source" is not among what they should check

    Examples:
      | type           |
      | Cash           |
      | Staff salaries |

  Scenario: Deleting an applicant whom nothing names
    Given an applicant starts a proposal
    And they have added the co-applicant "Border Police"
    When they remove co-applicant 1
    Then there are 0 co-applicants
    And "Source" is not among what they should check

  Scenario: The list of co-applicants shows which one does not meet a rule
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    Then co-applicant 1 is not marked with "COAPP"
    When they answer the co-applicant's legal form with "natural person"
    Then co-applicant 1 is marked with "COAPP-1"
