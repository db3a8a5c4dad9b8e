Feature: MPF III, strands A and D
  Member States and international organisations may apply. Since June 2020 relevant private bodies may lead in strand D. A
  project of strand A must implement a framework of cooperation that the target country has.

  Background:
    Given the call is "mpf-2020-mpf-iii"

  Scenario: A cost funded twice gives a warning, because an older copy of the source lists fewer principles
    Given the declaration "no double funding" is answered with no
    When the proposal is checked
    Then EXCL-2 says fail
    And the verdict is incomplete

  Rule: STRAND-1 The project must belong to strand A or strand D

    Scenario Outline: Two strands
      Given the strand is "<strand>"
      When the proposal is checked
      Then STRAND-1 says <status>

      Examples:
        | strand | status |
        | A      | pass   |
        | D      | pass   |
        | B      | fail   |

  Rule: LEAD-1 The lead applicant must be a public body of a Member State or an international organisation

    Scenario Outline: Who may lead, by strand and date
      Given the strand is "<strand>"
      And the lead applicant is <applicant>
      When the proposal is checked as of <date>
      Then LEAD-1 says <status>

      Examples: Organisations that the call is for
        | strand | applicant                                  | date       | status |
        | A      | a public body from Lithuania               | 2020-01-01 | pass   |
        | D      | a public body from Lithuania               | 2020-01-01 | pass   |
        | A      | an international organisation from Austria | 2020-01-01 | pass   |

      Examples: Private bodies, before and after the decision of June 2020
        | strand | applicant                               | date       | status |
        | D      | an NGO from Lithuania                   | 2020-05-31 | fail   |
        | D      | an NGO from Lithuania                   | 2020-06-01 | review |
        | D      | an NGO from Lithuania                   | 2020-06-15 | review |
        | D      | an NGO from Lithuania                   | 2020-06-30 | review |
        | D      | another private-law body from Lithuania | 2020-06-30 | review |
        | A      | an NGO from Lithuania                   | 2020-06-30 | fail   |

      Examples: Other organisations
        | strand | applicant                                       | date       | status |
        | D      | a natural person from Lithuania                 | 2020-06-30 | review |
        | A      | a mandated body from France mandated by France  | 2020-06-30 | review |
        | A      | a mandated body from France mandated by Türkiye | 2020-06-30 | review |

    Scenario: A private body in strand D needs manual review
      Given the strand is "D"
      And the lead applicant is an NGO from Lithuania
      When the proposal is checked
      Then the message of LEAD-1 mentions "Ask the MPF whether this body may lead"

  Rule: LEAD-2 A public body that leads must be from an EU Member State

    Scenario Outline: From which state
      Given the lead applicant is <applicant>
      When the proposal is checked
      Then LEAD-2 says <status>

      Examples:
        | applicant                                      | status         |
        | a public body from Lithuania                   | pass           |
        | a public body from Moldova                     | review         |
        | a public body from United Kingdom              | review         |
        | an international organisation from Switzerland | not applicable |

    Scenario Outline: The United Kingdom was a Member State until 31 January 2020
      Given the lead applicant is a public body from United Kingdom
      When the proposal is checked as of <date>
      Then LEAD-2 says <status>

      Examples:
        | date       | status |
        | 2020-01-15 | pass   |
        | 2020-01-31 | pass   |
        | 2020-02-01 | review |

  Rule: COAPP-1 Every co-applicant must be a public body of a Member State or an international organisation

    Scenario Outline: We did not find who may join
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples:
        | applicant                                  | status |
        | a public body from Latvia                  | pass   |
        | an international organisation from Austria | pass   |
        | a public body from Moldova                 | review |
        | an NGO from Latvia                         | review |
        | a natural person from Latvia               | review |

    Scenario: The lead applies alone
      Given there are no co-applicants
      When the proposal is checked
      Then COAPP-1 says not applicable

  Rule: FUND-1 A project of strand A must use the AMIF, ISF-Police or ISF-Borders&Visa

    Scenario Outline: By strand
      Given the strand is "<strand>"
      And the fund is "<fund>"
      When the proposal is checked
      Then FUND-1 says <status>

      Examples:
        | strand | fund            | status         |
        | A      | AMIF            | pass           |
        | A      | ISF-Police      | pass           |
        | A      | ISF-Borders     | pass           |
        | A      | AMIF+ISF-Police | fail           |
        | A      | BMVI            | fail           |
        | D      | BMVI            | not applicable |

  Rule: FUND-2 The lead's Member State should take part in the chosen fund

    Scenario Outline: Who does not take part
      Given the fund is "<fund>"
      And the lead applicant is <applicant>
      When the proposal is checked
      Then FUND-2 says <status>

      Examples:
        | fund       | applicant                                  | status         |
        | AMIF       | a public body from Denmark                 | fail           |
        | ISF-Police | a public body from Denmark                 | fail           |
        | AMIF       | a public body from Lithuania               | pass           |
        | ISF-Police | a public body from United Kingdom          | fail           |
        | AMIF       | an international organisation from Denmark | not applicable |

  Rule: FUND-3 The applicants should ask the MPF whether budget is still available

    Scenario: According to the stored copy the budget is spent
      When the proposal is checked
      Then FUND-3 says review

  Rule: FUND-4 A project of strand D should use one fund of the facility

    Scenario Outline: A warning, because the calls of 2018 did not allow more than one fund
      Given the strand is "<strand>"
      And the fund is "<fund>"
      When the proposal is checked
      Then FUND-4 says <status>

      Examples:
        | strand | fund            | status         |
        | D      | AMIF            | pass           |
        | D      | AMIF+ISF-Police | fail           |
        | D      | BMVI            | fail           |
        | A      | BMVI            | not applicable |

  Rule: SCOPE-1 A project of strand A must implement a framework that a target country has

    Scenario Outline: The framework and the country go together
      Given the strand is "<strand>"
      And the target countries are <countries>
      And the framework is <framework>
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | strand | countries           | framework              | status         |
        | A      | Moldova             | a Mobility Partnership | pass           |
        | A      | Nigeria             | a Mobility Partnership | fail           |
        | A      | Nigeria             | a Common Agenda        | pass           |
        | A      | Moldova             | a Common Agenda        | fail           |
        | A      | Ukraine and Moldova | a Mobility Partnership | pass           |
        | A      | Ukraine             | another framework      | review         |
        | A      | Ukraine             | not answered           | undecided      |
        | D      | Ukraine             | a Common Agenda        | not applicable |

  Rule: SCOPE-2 A project of strand D must continue a pilot on legal migration (manual review)

    Scenario Outline: By strand
      Given the strand is "<strand>"
      When the proposal is checked
      Then SCOPE-2 says <status>

      Examples:
        | strand | status         |
        | D      | review         |
        | A      | not applicable |

  Rule: SCOPE-3 The priorities should be set with the partner country (manual review)

    Scenario Outline: By strand
      Given the strand is "<strand>"
      When the proposal is checked
      Then SCOPE-3 says <status>

      Examples:
        | strand | status         |
        | A      | review         |
        | D      | not applicable |

  Rule: SCOPE-4 The project must work with a country outside the EU

    Scenario Outline: A project inside the EU only needs manual review
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-4 says <status>

      Examples:
        | countries          | status |
        | Morocco            | pass   |
        | France and Morocco | pass   |
        | France             | review |
        | none               | review |

  Rule: SCOPE-5 All target countries of strand A should have a Mobility Partnership or a Common Agenda

    Scenario Outline: Other countries together with a country that has the framework
      Given the strand is "<strand>"
      And the target countries are <countries>
      And the framework is a Mobility Partnership
      When the proposal is checked
      Then SCOPE-5 says <status>

      Examples:
        | strand | countries           | status         |
        | A      | Moldova             | pass           |
        | A      | Moldova and Nigeria | pass           |
        | A      | Moldova and Ukraine | fail           |
        | A      | Ukraine             | not applicable |
        | D      | Moldova and Ukraine | not applicable |

  Rule: GRANT-1 The requested grant should be at most 95 % of the total budget

    Scenario Outline: A warning, because the sources do not say it about this call
      Given the total budget is EUR 200000.00
      And the requested grant is EUR <grant>
      When the proposal is checked
      Then GRANT-1 says <status>

      Examples:
        | grant     | status |
        | 190000.00 | pass   |
        | 190000.01 | fail   |

  Rule: POT-1 The requested grant should not exceed the call's budget envelope

    Scenario Outline: About 15.7 million
      Given the requested grant is EUR <grant>
      When the proposal is checked
      Then POT-1 says <status>

      Examples:
        | grant       | status |
        | 15700000.00 | pass   |
        | 15700000.01 | fail   |

  Rule: TIME-2 The project should end within the facility's third phase

    Scenario Outline: January 2020 to December 2024
      Given the start date is <start>
      And the project lasts 24 months
      When the proposal is checked
      Then TIME-2 says <status>

      Examples:
        | start      | status |
        | 2023-01-01 | pass   |
        | 2023-01-02 | fail   |

  Rule: DATE-1 The call must be published on the check date

    Scenario Outline: Before the facility's third phase, manual review is needed
      When the proposal is checked as of <date>
      Then DATE-1 says <status>

      Examples:
        | date       | status |
        | 2019-12-31 | review |
        | 2020-01-01 | pass   |

  Rule: DATE-2 The sources should describe the call on the check date

    Scenario Outline: A warning after the facility's third phase
      When the proposal is checked as of <date>
      Then DATE-2 says <status>

      Examples:
        | date       | status |
        | 2024-12-31 | pass   |
        | 2025-01-01 | fail   |
