Feature: Which project a report is about
  A path does not tell an officer which project is meant. Every format names the project and its lead applicant.

  Scenario Outline: The acronym and the lead applicant
    Given the example proposal as "a.json", with /budget/total set to "1000.00"
    When the folder is checked as <format>
    Then the output mentions "SAFE-DOCS"
    And the output mentions "State Border Guard Service"
    And the output mentions "a.json"

    Examples:
      | format   |
      | text     |
      | json     |
      | jsonl    |
      | csv      |
      | html     |
      | markdown |
      | junit    |
      | sarif    |

  Scenario: A table has columns for the project, its lead applicant and its money
    Given the example proposal as "a.json"
    When the folder is checked as csv
    Then the output mentions "proposal_title,proposal_acronym,lead_name,lead_country,grant_requested,total"
