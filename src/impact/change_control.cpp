#include "rapport/impact/change_control.h"

#include <algorithm>

#include "rapport/model/names.h"

namespace rapport {

ImpactSize size_of(Impact const& impact) {
  std::int32_t const days = impact.after().finish().date() - impact.before().finish().date();
  return {std::max(days, 0), impact.cost_delta()};
}

Table to_table(std::vector<SuspectTrace> const& suspects) {
  std::vector<std::string> trace, from, to, type;
  std::vector<std::int64_t> version, confirmed;
  std::vector<bool> marked;
  for (auto const& one : suspects) {
    trace.push_back(one.trace);
    from.push_back(to_string(one.from));
    to.push_back(to_string(one.to));
    type.emplace_back(to_name(one.type));
    version.push_back(one.version);
    confirmed.push_back(one.confirmed);
    marked.push_back(one.marked);
  }
  Table table("suspect_traces");
  table.add("trace", trace).add("from", from).add("to", to).add("type", type);
  table.add("version", version).add("confirmed", confirmed).add("marked", marked);
  return table;
}

}  // namespace rapport
