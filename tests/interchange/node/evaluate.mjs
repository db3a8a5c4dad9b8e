// Evaluates a decision model with feelin: JSON on standard input, JSON on standard output.
//
// In:  {functions: [{name, text}], decisions: [{name, text, needs: [name, …]}], cases: [{given: {name: value, …}, wanted}]}
// Out: for each case the values of the wanted decisions, by name.
//
// A decision sees what it says it needs and nothing else. A value {"date": "2024-03-01"} is a date, {"number": "0.1"} a
// number.

import { readFileSync } from "node:fs";
import { date, evaluate } from "feelin";

const model = JSON.parse(readFileSync(0, "utf-8"), (_, value) => {
  if (value && typeof value === "object" && Object.keys(value).length === 1) {
    if (typeof value.date === "string") return date(value.date);
    if (typeof value.number === "string") return Number(value.number);
  }
  return value;
});

const functions = new Map(model.functions.map(({ name, text }) => [name, evaluate(text).value]));
const decisions = new Map(model.decisions.map((decision) => [decision.name, decision]));

// What needs no input is the same in every case: code lists, and what is made of them.
const constants = new Map(functions);
for (const { name, text, needs } of model.decisions) {
  if (needs.every((need) => constants.has(need))) {
    constants.set(name, evaluate(text, Object.fromEntries(needs.map((need) => [need, constants.get(need)]))).value);
  }
}

const results = model.cases.map(({ given, wanted }) => {
  const known = new Map([...constants, ...Object.entries(given)]);
  const value = (name) => {
    if (!known.has(name)) {
      const decision = decisions.get(name);
      const context = decision && Object.fromEntries(decision.needs.map((need) => [need, value(need)]));
      known.set(name, decision ? evaluate(decision.text, context).value : null);
    }
    return known.get(name);
  };
  return Object.fromEntries(wanted.map((name) => [name, value(name)]));
});

process.stdout.write(JSON.stringify(results));
