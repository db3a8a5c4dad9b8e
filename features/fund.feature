Feature: The fund
  The call is paid from two EU funds. A project must use one of them. Not every Member State takes part in both.

  Rule: FUND-1 The project must use one fund, BMVI or ISF

    Scenario Outline: Choosing a fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples: Funds of this call
        | fund | status |
        | BMVI | pass   |
        | ISF  | pass   |

      Examples: Other funds
        | fund            | status |
        | AMIF            | fail   |
        | ISF-Police      | fail   |
        | BMVI+ISF-Police | fail   |

      Examples: Both funds of the call, which no source allows or forbids
        | fund         | status |
        | BMVI+ISF     | review |
        | ISF+BMVI     | review |
        | BMVI and ISF | review |

    Scenario: Both funds together need manual review
      Given a complete proposal
      And the fund is "BMVI+ISF"
      When the proposal is checked
      Then the message of FUND-1 mentions "The sources do not say whether one project may use both"
      And the verdict is review

    Scenario: No fund chosen yet
      Given an empty draft
      When the proposal is checked
      Then FUND-1 says undecided
      And FUND-1 needs the answer "/fund"

  Rule: FUND-2 The lead's Member State should take part in the chosen fund

    Scenario Outline: Ireland and Denmark
      Given the fund is "<fund>"
      And the lead applicant is a public body from <country>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund | country | status |
        | BMVI | Ireland | fail   |
        | ISF  | Ireland | pass   |
        | BMVI | Denmark | pass   |
        | ISF  | Denmark | fail   |
        | BMVI | Latvia  | pass   |
        | ISF  | Latvia  | pass   |

    Scenario: Denmark takes part in the BMVI through its national law, and a note says so
      Given the fund is "BMVI"
      And the lead applicant is a public body from Denmark
      When the proposal is checked
      Then FUND-2 says pass
      And the message of FUND-2 mentions "national law"

    Scenario: If the lead's state does not take part in the fund, the MPF decides
      Given a complete proposal
      And the fund is "ISF"
      And the lead applicant is a public body from Denmark
      When the proposal is checked
      Then FUND-2 says fail
      And the message of FUND-2 mentions "Denmark"
      And the fix for FUND-2 mentions "Ask the MPF"
      And the verdict is eligible

    Scenario Outline: For a mandated body, the state that gave the mandate counts
      Given the fund is "<fund>"
      And the lead applicant is <mandated body>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund | mandated body                                    | status    |
        | ISF  | a mandated body from Belgium mandated by Denmark | fail      |
        | BMVI | a mandated body from Ireland mandated by France  | pass      |
        | BMVI | a mandated body from Ireland                     | undecided |

    Scenario Outline: Where another rule already applies
      Given the fund is "<fund>"
      And the lead applicant is a public body from <country>
      When the proposal is checked
      Then FUND-2 says not applicable

      Examples:
        | fund | country |
        | AMIF | Ireland |
        | BMVI | Moldova |
