Feature: Countries
  People write countries in their own language, by a code, or by a name of everyday use. What may mean two countries, or
  none, is said in the same words everywhere, and never becomes an answer.

  Scenario Outline: A country as people call it
    Given an applicant starts a proposal
    When they answer the lead's country with "<typed>"
    Then the lead's country is shown as "<shown>"

    Examples:
      | typed     | shown                   |
      | LTU       | Lithuania (LT)          |
      | Lietuva   | Lithuania (LT)          |
      | Allemagne | Germany (DE)            |
      | EL        | Greece (GR)             |
      | Holland   | Netherlands (NL)        |

  Scenario Outline: A text that is not one country
    Given an applicant starts a proposal
    When they type "<typed>" for <field>
    Then they are told <words>
    And <field> is not answered

    Examples:
      | typed           | field                | words                                |
      | EU              | the lead's country   | "EU" is not one country.             |
      | Western Balkans | the lead's country   | "Western Balkans" is not one country. |
      | Africa          | the target countries | "Africa" is not one country.         |
      | Republic        | the lead's country   | "Republic" is none of the choices.   |
      | Atlantis        | the target countries | "Atlantis" is none of the choices.   |
