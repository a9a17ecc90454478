#include "exchange/findings.h"

#include "exchange/text_decoder.h"

namespace rapport {

void Findings::add(Severity severity, std::int64_t line, std::string_view subject, std::string_view message,
                   std::string_view action) {
  // A message may quote the file, whatever bytes stand there.
  TextDecoder utf8("UTF-8");
  auto const [place, is_new] =
      by_text_.try_emplace({utf8.decode(message), std::string(action)}, entries_.size());
  if (!is_new) {
    ++entries_[place->second].count;
    return;
  }
  auto const& [text, taken] = place->first;
  entries_.push_back({{severity, file_, line, 0, utf8.decode(subject), text, taken}, 1});
}

Diagnostics Findings::diagnostics() const {
  Diagnostics result;
  result.reserve(entries_.size());
  for (Entry const& entry : entries_) {
    result.push_back(entry.first);
    if (entry.count > 1) {
      result.back().message += " (here first; " + std::to_string(entry.count) + " times in all)";
    }
  }
  return result;
}

}  // namespace rapport
