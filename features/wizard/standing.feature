Feature: Status
  After every answer the applicant sees the verdict and the rules that changed. The command check gives the same verdict.

  Scenario: A new proposal
    Given an applicant starts a proposal
    Then the verdict they see is incomplete

  Scenario: An answer that does not meet a rule, and an answer that meets it
    Given an applicant starts a proposal
    When they answer the total with "199999.99"
    Then the verdict they see is ineligible
    And they see that BUDGET-1 is not met
    When they answer the total with "200000"
    Then the verdict they see is incomplete
    And they see that BUDGET-1 no longer fails

  Scenario: One cent too much
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    Then the verdict they see is eligible
    When they answer the grant with "380000.01"
    Then the verdict they see is ineligible
    And they see that GRANT-1 is not met
    When they undo
    Then the verdict they see is eligible

  Scenario Outline: The verdict of check
    Given an applicant opens the example "<example>"
    Then the verdict they see is <verdict>
    And check says the same of the file

    Examples:
      | example                         | verdict    |
      | eligible-france-nigeria.json    | eligible   |
      | incomplete-france-armenia.json  | incomplete |
      | ineligible-country-outside.json | ineligible |
      | review-india.json               | review     |

  Scenario: What now
    Given an applicant opens the example "eligible-lithuania-moldova.json"
    Then they see under "Whom to ask" that "Talk to the MPF before you submit."
    And they see under "Documents to attach" that "We do not know which documents to attach."
