// Ask each case of a JSON array [{"source", "query"}, ...] and write the array of answers.
import { QueryEngine } from "@comunica/query-sparql";

async function answered({ source, query }) {
  const answer = await new QueryEngine().query(query, { sources: [source] });
  const result = await answer.execute();
  if (answer.resultType === "boolean") return result;
  const found = [];
  for await (const item of result) {
    found.push(
      answer.resultType === "bindings"
        ? Object.fromEntries([...item].map(([name, term]) => [name.value, term.value]))
        : [item.subject.value, item.predicate.value, item.object.value],
    );
  }
  return found;
}

const answers = [];
for (const one of JSON.parse(process.argv[2])) answers.push(await answered(one));
process.stdout.write(JSON.stringify(answers));
