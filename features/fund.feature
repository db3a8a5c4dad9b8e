Feature: The fund
  The call has money from two EU funds. A project is paid from one of them, and not every Member State takes part in both.

  Rule: FUND-1 The project is paid from one pot, BMVI or ISF

    Scenario Outline: Choosing a fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples: Funds of this call
        | fund | status |
        | BMVI | pass   |
        | ISF  | pass   |

      Examples: Other money
        | fund       | status |
        | AMIF       | fail   |
        | ISF-Police | fail   |
        | BMVI+ISF-Police | fail |

      Examples: Both funds of the call, which no source allows or forbids
        | fund         | status |
        | BMVI+ISF     | review |
        | ISF+BMVI     | review |
        | BMVI and ISF | review |

    Scenario: Both funds at once need manual review
      Given a complete proposal
      And the fund is "BMVI+ISF"
      When the proposal is checked
      Then the message of FUND-1 mentions "The sources do not say whether one project may use both"
      And the verdict is review

    Scenario: No fund chosen yet
      Given an empty draft
      When the proposal is checked
      Then FUND-1 says undecided
      And FUND-1 waits for "/fund"

  Rule: FUND-2 The lead's Member State takes part in the chosen fund

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

    Scenario: Denmark takes part in the BMVI in a way of its own, and that is said
      Given the fund is "BMVI"
      And the lead applicant is a public body from Denmark
      When the proposal is checked
      Then FUND-2 says pass
      And the message of FUND-2 mentions "national law"

    Scenario: A fund its state stands outside of is a question for the MPF, not a refusal
      Given a complete proposal
      And the fund is "ISF"
      And the lead applicant is a public body from Denmark
      When the proposal is checked
      Then FUND-2 says fail
      And the message of FUND-2 mentions "Denmark"
      And the fix for FUND-2 mentions "Ask the MPF"
      And the verdict is eligible

    Scenario Outline: For an operator the state that mandated it counts
      Given the fund is "<fund>"
      And the lead applicant is <operator>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund | operator                                   | status    |
        | ISF  | an operator from Belgium mandated by Denmark | fail      |
        | BMVI | an operator from Ireland mandated by France  | pass      |
        | BMVI | an operator from Ireland                     | undecided |

    Scenario Outline: Where another rule already speaks
      Given the fund is "<fund>"
      And the lead applicant is a public body from <country>
      When the proposal is checked
      Then FUND-2 says not applicable

      Examples:
        | fund | country |
        | AMIF | Ireland |
        | BMVI | Moldova |
