#include "rapport/store/journal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/model/document.h"

namespace rapport {

Table journal_table(Project const& project) {
  std::vector<std::uint64_t> number;
  std::vector<std::string> author, reason, kind, key;
  std::vector<Instant> when;
  std::vector<std::optional<std::uint64_t>> undoes;
  std::vector<std::optional<std::string>> before, after;
  auto const document = [](std::optional<Fact> const& fact) {
    return fact ? std::optional(to_document(*fact)) : std::nullopt;
  };
  for (auto const& entry : project.journal())
    for (auto const& change : entry.changes) {
      number.push_back(entry.number);
      author.push_back(entry.author.name);
      when.push_back(entry.author.when);
      reason.push_back(entry.reason);
      undoes.push_back(entry.undoes);
      kind.emplace_back(name_of(change.node.kind));
      key.push_back(change.node.key);
      before.push_back(document(change.before));
      after.push_back(document(change.after));
    }
  Table table("journal");
  table.add("number", number).add("author", author).add("when", when).add("reason", reason);
  table.add("undoes", undoes).add("kind", kind).add("key", key).add("before", before).add("after", after);
  return table;
}

}  // namespace rapport
