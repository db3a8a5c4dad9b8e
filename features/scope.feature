Feature: Countries and activities
  The call names seven regions: Eastern Partnership, Western Balkans, Southern Neighbourhood, West Africa, Horn of Africa,
  Silk Route countries and Central Asia.

  Rule: SCOPE-1 At least one target country must be in a region of the call

    Scenario Outline: One country of each region
      Given the target countries are <country>
      When the proposal is checked
      Then SCOPE-1 says pass

      Examples:
        | country         |
        | Moldova         |
        | North Macedonia |
        | Tunisia         |
        | Nigeria         |
        | Ethiopia        |
        | Bangladesh      |
        | Kyrgyzstan      |

    Scenario Outline: Inside, outside, uncertain
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-1 says <status>

      Examples:
        | countries           | status    |
        | Türkiye             | fail      |
        | Moldova and Türkiye | pass      |
        | India               | review    |
        | Türkiye and India   | review    |
        | Moldova and India   | pass      |
        | Egypt               | pass      |
        | Russia              | fail      |
        | Lithuania           | fail      |
        | none                | fail      |
        | not answered        | undecided |

    Scenario: A country outside, as in a rejection of 2016
      Given the target countries are Türkiye
      When the proposal is checked
      Then the message of SCOPE-1 mentions "Türkiye"
      And the fix for SCOPE-1 mentions "at least one country of these regions"

  Rule: SCOPE-2 All target countries should be in the regions of the call

    Scenario Outline: Other countries together with a country inside
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-2 says <status>

      Examples:
        | countries                  | status         |
        | Moldova and Ukraine        | pass           |
        | Moldova and Türkiye        | fail           |
        | Moldova and India          | review         |
        | Moldova, India and Türkiye | fail           |
        | Türkiye                    | not applicable |
        | not answered               | undecided      |

    Scenario: The message names only the countries outside
      Given the target countries are Moldova and Türkiye
      When the proposal is checked
      Then the message of SCOPE-2 mentions "Türkiye"
      And the message of SCOPE-2 does not mention "Moldova"

  Rule: SCOPE-3 The activities must fit the chosen fund (manual review)

    Scenario Outline: The message shows what we know
      Given the fund is "<fund>"
      When the proposal is checked
      Then SCOPE-3 says review
      And the message of SCOPE-3 mentions "<known>"

      Examples:
        | fund | known                                            |
        | BMVI | security of identity and travel documents        |
        | BMVI | EU Charter of Fundamental Rights                 |
        | ISF  | We do not know the call's list of ISF activities |

    Scenario: It never changes the verdict
      Given a complete proposal
      When the proposal is checked
      Then SCOPE-3 says review
      And the verdict is eligible

  Rule: SCOPE-4 The project should not contain work that the fund itself excludes (manual review)

    Scenario Outline: The exclusions of the chosen fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then SCOPE-4 says review
      And the message of SCOPE-4 mentions "<exclusion>"

      Examples:
        | fund | exclusion                    |
        | BMVI | customs control              |
        | BMVI | controls at internal borders |
        | ISF  | military or defence          |
        | ISF  | coercive equipment           |
        | ISF  | public order                 |

  Rule: SCOPE-5 No target country should have an uncertain status

    Scenario Outline: A warning to ask
      Given the target countries are <countries>
      When the proposal is checked
      Then SCOPE-5 says <status>

      Examples:
        | countries            | status |
        | Moldova              | pass   |
        | Belarus              | fail   |
        | Moldova and Syria    | fail   |
        | Afghanistan and Iran | fail   |
        | Moldova and Russia   | fail   |
        | Mauritania           | fail   |

    Scenario Outline: It gives a warning and the reason
      Given a complete proposal
      And the target countries are Moldova and <country>
      When the proposal is checked
      Then the message of SCOPE-5 mentions "<reason>"
      And the message of SCOPE-5 does not mention "Moldova"
      And the verdict is eligible

      Examples:
        | country     | reason                           |
        | Belarus     | 28 June 2021                     |
        | Syria       | cooperation with its authorities |
        | Afghanistan | We did not research them         |
        | Iran        | We did not research them         |
        | Russia      | We did not research them         |
        | Mauritania  | not every list of West Africa    |

  Rule: SCOPE-6 Work outside the EU should follow the rules of the fund (manual review)

    Scenario Outline: The conditions of the chosen fund
      Given the fund is "<fund>"
      When the proposal is checked
      Then SCOPE-6 says review
      And the message of SCOPE-6 mentions "<condition>"

      Examples:
        | fund | condition                        |
        | BMVI | must not be development-oriented |
        | BMVI | non-refoulement                  |
        | BMVI | consortium                       |
        | ISF  | must not be development-oriented |
        | ISF  | Charter of Fundamental Rights    |
        | ISF  | consortium                       |

    Scenario: It never changes the verdict
      Given a complete proposal
      When the proposal is checked
      Then SCOPE-6 says review
      And the verdict is eligible
