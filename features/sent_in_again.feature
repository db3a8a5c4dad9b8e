Feature: Proposals that were sent in again
  An applicant sends a corrected proposal. The figures of all proposals count it once, if it is clear which one is the latest.

  Rule: The latest is counted

    Scenario Outline: The latest by a field
      Given the example proposal as "a.json", with /annex/version set to "<first>"
      And the example proposal as "b.json", with /annex/version set to "<second>"
      When the folder is checked, the latest by annex.version
      Then 2 proposals are checked
      And 1 of them are distinct
      And the latest is "<latest>", in place of "<older>"

      Examples:
        | first      | second     | latest | older  |
        | v2         | v1         | a.json | b.json |
        | v9         | v10        | b.json | a.json |
        | 2024-03-01 | 2024-02-28 | a.json | b.json |

    Scenario: The latest by the name of the file
      Given the example proposal as "safe-docs-v9.json"
      And the example proposal as "safe-docs-v10.json", with /acronym set to "NEW"
      When the folder is checked, the latest by file
      Then the latest is "safe-docs-v10.json", in place of "safe-docs-v9.json"

    Scenario: The same proposal by a reference, whatever its title is
      Given the example proposal as "a.json", with /annex/reference set to "R-1"
      And the example proposal as "b.json", with /annex/reference set to "r-1"
      And /title of "b.json" is "Another title"
      And /start_date of "b.json" is "2024-06-01"
      When the folder is checked, the latest by start_date, the same by annex.reference
      Then the latest is "b.json", in place of "a.json"

    Scenario: A copy of the latest
      Given the example proposal as "a.json", with /annex/version set to "1"
      And the example proposal as "b.json", with /annex/version set to "2"
      And the example proposal as "c.json", with /annex/version set to "2"
      When the folder is checked, the latest by annex.version
      Then 1 of them are distinct
      And the latest is "b.json", in place of "a.json"

  Rule: Where it is not clear, each is counted, and the report says why

    Scenario Outline: It is not clear which one is the latest
      Given the example proposal as "<first file>", with /annex/version set to "<first>"
      And the example proposal as "<second file>", with /annex/version set to "<second>"
      And /acronym of "<second file>" is "NEW"
      When the folder is checked, the latest by <field>
      Then 2 of them are distinct
      And it is not clear which one is the latest: "<why>"

      Examples:
        | first file | second file | first | second | field         | why         |
        | a.json     | b.json      | 1     | 1      | annex.version | same value  |
        | a.json     | b.json      | final | newest | annex.version | compared    |
        | a.json     | b.json      | 1     | 2      | annex.release | no value    |
        | a.json     | b.json      | 1     | 2      | file          | no order    |
        | x/a1.json  | y/a1.json   | 1     | 2      | file          | same number |
