Feature: Co-applicants
  A co-applicant is a public body of a partner country or of another Member State, an international organisation, an NGO
  or another private-law body. The rules check each co-applicant, and the messages name it.

  Rule: COAPP-1 Every co-applicant must be a type of organisation that the call allows

    Scenario Outline: Types of co-applicant
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-1 says <status>

      Examples:
        | applicant                     | status    |
        | a public body                 | pass      |
        | an international organisation | pass      |
        | an NGO                        | pass      |
        | another private-law body      | pass      |
        | a natural person              | fail      |
        | a mandated body               | fail      |
        | an organisation from Moldova  | undecided |

    Scenario: The message names the co-applicant that is not allowed
      Given a co-applicant "Border Police" is a public body from Moldova
      And a co-applicant "Ms Example" is a natural person from Moldova
      When the proposal is checked
      Then COAPP-1 says fail
      And the message of COAPP-1 mentions "Ms Example"
      And the message of COAPP-1 does not mention "Border Police"

    Scenario: A lead that applies alone
      Given there are no co-applicants
      When the proposal is checked
      Then COAPP-1 says not applicable

    Scenario: No answer about co-applicants
      Given an empty draft
      When the proposal is checked
      Then COAPP-1 says undecided
      And COAPP-1 needs the answer "/co_applicants"

  Rule: COAPP-2 A public-body co-applicant must come from a partner country or another Member State

    Background:
      Given the lead applicant is a public body from Lithuania

    Scenario Outline: Public bodies together with a lead from Lithuania
      Given a co-applicant is a public body from <country>
      When the proposal is checked
      Then COAPP-2 says <status>

      Examples: Partner countries
        | country    | status |
        | Moldova    | pass   |
        | Kosovo*    | pass   |
        | Morocco    | pass   |
        | Mauritania | pass   |
        | Somalia    | pass   |
        | Pakistan   | pass   |
        | Uzbekistan | pass   |

      Examples: Member States
        | country   | status |
        | Latvia    | pass   |
        | Lithuania | fail   |

      Examples: Other countries
        | country        | status |
        | United Kingdom | fail   |
        | United States  | fail   |
        | Türkiye        | fail   |

      Examples: Countries that only some sources include in a region
        | country                                      | status |
        | India                                        | review |
        | Sri Lanka                                    | review |
        | China                                        | review |
        | São Tomé and Príncipe                        | review |
        | Saint Helena, Ascension and Tristan da Cunha | review |
        | Tanzania                                     | review |

    Scenario: A second body from the lead's own state is found next to an allowed co-applicant
      Given a co-applicant is a public body from Moldova
      And a co-applicant "State Police" is a public body from Lithuania
      When the proposal is checked
      Then COAPP-2 says fail
      And the message of COAPP-2 mentions "State Police"

    Scenario: The lead's country decides
      Given an empty draft
      And a co-applicant is a public body from Latvia
      When the proposal is checked
      Then COAPP-2 says undecided
      And COAPP-2 needs the answer "/lead/country"
      And COAPP-2 needs the answer "/lead/kind"

    Scenario: A public body of a partner country may join any lead
      Given an empty draft
      And a co-applicant is a public body from Moldova
      When the proposal is checked
      Then COAPP-2 says pass

    Scenario Outline: A mandated body with its registered office in one state and its mandate from another
      Given the lead applicant is <mandated body>
      And a co-applicant is a public body from <country>
      When the proposal is checked
      Then COAPP-2 says <status>

      Examples: The sources do not say which of the two is the lead's own state
        | mandated body                                   | country | status |
        | a mandated body from Belgium mandated by France | France  | review |
        | a mandated body from Belgium mandated by France | Belgium | review |

      Examples: The result is the same for both states
        | mandated body                                   | country | status |
        | a mandated body from Belgium mandated by France | Latvia  | pass   |
        | a mandated body from Belgium mandated by France | Moldova | pass   |
        | a mandated body from Belgium mandated by France | Türkiye | fail   |
        | a mandated body from France mandated by France  | France  | fail   |
        | a mandated body from France mandated by France  | Belgium | pass   |
        | a mandated body from Türkiye mandated by France | Türkiye | fail   |

    Scenario: The message names both states
      Given the lead applicant is a mandated body from Belgium mandated by France
      And a co-applicant "Federal Police" is a public body from Belgium
      When the proposal is checked
      Then the message of COAPP-2 mentions "Federal Police"
      And the message of COAPP-2 mentions "Lead applicant: Belgium, acting for France"

    Scenario: NGOs have their own rule
      Given a co-applicant is an NGO from United States
      When the proposal is checked
      Then COAPP-2 says not applicable

  Rule: COAPP-3 A private co-applicant must be established in the EU or a partner country

    Scenario Outline: The registered office of an NGO or other private-law body
      Given the lead applicant is a public body from Lithuania
      And a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-3 says <status>

      Examples:
        | applicant                                      | status         |
        | an NGO from Lithuania                          | pass           |
        | an NGO from Latvia                             | pass           |
        | another private-law body from Georgia          | pass           |
        | an NGO from Switzerland                        | fail           |
        | an NGO from Türkiye                            | fail           |
        | another private-law body from United States    | fail           |
        | an NGO from India                              | review         |
        | an NGO                                         | undecided      |
        | a public body from United States               | not applicable |
        | an international organisation from Switzerland | not applicable |

  Rule: COAPP-4 A private co-applicant must work on a non-profit basis

    Scenario Outline: Profit or not
      Given a co-applicant is <applicant>
      And its non-profit basis is answered with <answer>
      When the proposal is checked
      Then COAPP-4 says <status>

      Examples:
        | applicant                     | answer  | status         |
        | an NGO                        | yes     | pass           |
        | another private-law body      | yes     | pass           |
        | an NGO                        | no      | fail           |
        | another private-law body      | no      | fail           |
        | an NGO                        | nothing | undecided      |
        | a public body                 | no      | not applicable |
        | an international organisation | no      | not applicable |

  Rule: COAPP-5 International organisations: registered office and non-profit basis (manual review)

    Scenario Outline: Only if there is an international organisation
      Given a co-applicant is <applicant>
      When the proposal is checked
      Then COAPP-5 says <status>

      Examples:
        | applicant                                      | status         |
        | an international organisation from Switzerland | review         |
        | an international organisation from Austria     | review         |
        | a public body from Moldova                     | not applicable |

    Scenario: It never changes the verdict
      Given a complete proposal
      And a co-applicant "Example Organisation" is an international organisation from Switzerland
      When the proposal is checked
      Then COAPP-5 says review
      And the message of COAPP-5 mentions "Example Organisation"
      And the verdict is eligible

  Rule: DUP-1 Each organisation should appear only once among the applicants

    Scenario Outline: The lead and one co-applicant
      Given the lead applicant is called "<lead>", of Lithuania, with the PIC "<lead PIC>"
      And a co-applicant is called "<partner>", of <country>, with the PIC "<PIC>"
      When the proposal is checked
      Then DUP-1 says <status>

      Examples:
        | lead         | lead PIC  | partner      | country   | PIC       | status    |
        | Border Guard | 999999991 | Border Guard | Latvia    | 999999992 | pass      |
        | Border Guard | 999999991 | Border Guard | Lithuania | 999999992 | fail      |
        | Border Guard | 999999991 | Police       | Latvia    | 999999991 | fail      |
        | Border Guard | not given | Border Guard | Lithuania | not given | fail      |
        | Border Guard | not given | Police       | Latvia    | not given | undecided |
        | Border Guard |           | Police       | Latvia    |           | pass      |

    Scenario: Two co-applicants
      Given the lead applicant is called "Border Guard", of Lithuania, with the PIC "999999991"
      And a co-applicant is called "Border Police", of Moldova, with the PIC "999999992"
      And a co-applicant is called "Border Police", of Moldova, with the PIC "999999993"
      When the proposal is checked
      Then DUP-1 says fail
      And the message of DUP-1 mentions "Border Police"
