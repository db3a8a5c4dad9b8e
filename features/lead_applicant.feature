Feature: The lead applicant
  The lead applicant must be a public body of an EU Member State, or a body that a Member State has mandated.

  Rule: LEAD-1 The lead applicant must be a public body of a Member State, or a body that a Member State has mandated

    Scenario Outline: Who may lead
      Given the lead applicant is <applicant>
      When the proposal is checked
      Then LEAD-1 says <status>

      Examples: Public bodies
        | applicant                         | status |
        | a public body from Lithuania      | pass   |
        | a public body from Moldova        | fail   |
        | a public body from United Kingdom | fail   |
        | a public body from Switzerland    | fail   |

      Examples: Other organisations
        | applicant                                  | status |
        | an NGO from Lithuania                      | fail   |
        | another private-law body from Lithuania    | fail   |
        | an international organisation from Austria | fail   |
        | a natural person from Lithuania            | fail   |

      Examples: Mandated bodies: the state that gave the mandate counts, not the registered office
        | applicant                                       | status    |
        | a mandated body from France mandated by France  | pass      |
        | a mandated body from Türkiye mandated by France | pass      |
        | a mandated body from France mandated by Türkiye | fail      |
        | a mandated body mandated by Türkiye             | fail      |
        | a mandated body from France                     | undecided |

      Examples: Drafts
        | applicant                      | status    |
        | an organisation from Lithuania | undecided |
        | a public body                  | undecided |

    Scenario: A private consultancy was rejected in 2016 and would be today
      Given the lead applicant is another private-law body from Lithuania
      When the proposal is checked
      Then LEAD-1 says fail
      And the message of LEAD-1 mentions "Other private-law body"
      And the message of LEAD-1 mentions "Lithuania"

    Scenario: A mandated body without an answer on its mandate
      Given the lead applicant is a mandated body from France
      When the proposal is checked
      Then LEAD-1 needs the answer "/lead/mandate/country"

  Rule: LEAD-2 A mandated body should show its mandate

    Scenario Outline: Showing the mandate
      Given the lead applicant is a mandated body mandated by France
      And its mandate is the document "<document>"
      And the documents are <documents>
      When the proposal is checked
      Then LEAD-2 says <status>

      Examples:
        | document    | documents            | status    |
        | mandate.pdf | not answered         | pass      |
        | not given   | Mandate              | pass      |
        | not given   | Statutes and Mandate | pass      |
        | not given   | Statutes             | undecided |
        |             | Statutes             | fail      |
        |             | none                 | fail      |

    Scenario: A public body needs no mandate
      Given the lead applicant is a public body from Lithuania
      When the proposal is checked
      Then LEAD-2 says not applicable

    Scenario: A missing mandate gives a warning, because we do not know which form it must have
      Given a complete proposal
      And the lead applicant is a mandated body from France mandated by France
      And its mandate is the document ""
      And the documents are none
      When the proposal is checked
      Then LEAD-2 says fail
      And the verdict is eligible
