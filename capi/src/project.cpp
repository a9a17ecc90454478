#include <filesystem>
#include <memory>
#include <vector>

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/exchange/read.h"
#include "rapport/model/document.h"
#include "rapport/store/journal.h"
#include "rapport/store/store.h"

namespace rapport::capi {
namespace {

/// Everything but a leading store, in one.
ReadResult read_all(std::vector<std::filesystem::path> const& paths, RunControl const& control,
                    ReadOptions const& options) {
  std::vector<ReadResult> sources;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    // Each source has its share of the whole call.
    RunControl share;
    if (control.on_progress)
      share.on_progress = [&, i](Progress const& progress) {
        auto const done = static_cast<double>(i) + progress.fraction;
        return control.on_progress({done / static_cast<double>(paths.size()), progress.stage});
      };
    if (Store::is_store(paths[i]))
      sources.push_back({Store::open(paths[i]).load().facts(), {}});
    else
      sources.push_back(rapport::read(paths[i], share, options));
  }
  return sources.size() == 1 ? std::move(sources.front()) : combine(sources);
}

Edit edit_of(char const* text) {
  Json const json = parsed(text, "edit");
  auto const refuse = [](std::string const& why) { throw InvalidInput("the edit " + why); };
  if (!json.is_object()) refuse("is no JSON object like {\"put\": {…}, \"remove\": […]}");
  Edit edit(json.contains("reason") && json["reason"].is_string() ? json["reason"].get<std::string>() : "");
  for (auto const& [field, value] : json.items())
    if (field != "reason" && field != "put" && field != "remove")
      refuse("has a field \"" + field + "\"; it may have reason, put and remove");
  if (json.contains("put")) {
    ReadResult put = facts_from_document(json["put"].dump(), "edit");
    // What a reader may leave out with a word, an edit may not.
    if (!put.diagnostics.empty()) throw InvalidInput(std::move(put.diagnostics));
    for_each_fact_type([&]<class T>() {
      for (auto& fact : put.facts.*FactTraits<T>::member) edit.put(std::move(fact));
    });
  }
  if (json.contains("remove")) {
    if (!json["remove"].is_array()) refuse("has a \"remove\" that is no list like [\"activity:A1040\"]");
    for (auto const& node : json["remove"]) {
      if (!node.is_string())
        refuse("removes " + node.dump() + "; write kind and key like \"activity:A1040\"");
      NodeRef const removed = parse_node(node.get<std::string>());
      edit.remove(removed.kind, removed.key);
    }
  }
  return edit;
}

/// Writes both outputs or, when there is no memory for the second, none.
void give(std::unique_ptr<rapport_project> project, Diagnostics const& found, rapport_project*& out,
          char** diagnostics) {
  if (diagnostics) *diagnostics = copied(dumped(to_json(found)));
  out = project.release();
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_read(char const* const* paths, size_t path_count,
                                    rapport_read_options const* options, rapport_project** out,
                                    char** diagnostics, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const chosen = complete(options, rapport_read_options RAPPORT_READ_OPTIONS_INIT);
    if (path_count == 0) throw rapport::InvalidInput("no path is given; name at least one file");
    std::vector<std::filesystem::path> sources;
    for (size_t i = 0; i < path_count; ++i)
      sources.emplace_back(required_text((&required(paths, "paths"))[i], "paths"));
    auto const control = run_control(chosen);
    rapport::ReadOptions const reading{chosen.most_unpacked, text_or_empty(chosen.code_page)};
    if (!rapport::Store::is_store(sources.front())) {
      auto all = read_all(sources, control, reading);
      auto project =
          std::make_unique<rapport_project>(rapport::Project(std::move(all.facts), all.diagnostics));
      return give(std::move(project), all.diagnostics, result, diagnostics);
    }
    auto project = std::make_unique<rapport_project>(rapport::Store::open(sources.front()).load());
    sources.erase(sources.begin());
    rapport::ReadResult others;
    if (!sources.empty()) {
      others = read_all(sources, control, reading);
      std::string reason = "read";
      for (auto const& source : sources) reason += " " + source.filename().string();
      rapport::Author const author{text_or_empty(chosen.author), checked_instant(chosen.when, "when")};
      project->value.merge(std::move(others.facts), author, reason);
    }
    give(std::move(project), others.diagnostics, result, diagnostics);
  });
}

rapport_status rapport_project_from_json(char const* json, rapport_project** out, char** diagnostics,
                                         rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto read = rapport::facts_from_document(required_text(json, "json"));
    auto project =
        std::make_unique<rapport_project>(rapport::Project(std::move(read.facts), read.diagnostics));
    give(std::move(project), read.diagnostics, result, diagnostics);
  });
}

rapport_status rapport_project_to_json(rapport_project const* project, char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = copied(rapport::to_document(required(project, "project").value.facts()));
  });
}

rapport_status rapport_project_fact(rapport_project const* project, char const* node, char** out,
                                    rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(project, "project").value;
    auto const named = rapport::parse_node(required_text(node, "node"));
    auto& result = required(out, "out");
    rapport::for_each_fact_type([&]<class T>() {
      if (rapport::FactTraits<T>::kind == named.kind)
        result = copied(rapport::to_document(rapport::Fact(value.at<T>(named.key))));
    });
  });
}

rapport_status rapport_project_apply(rapport_project* project, char const* edit, char const* author,
                                     int64_t when, uint64_t* entry, rapport_error** error) {
  return guarded(error, [&] {
    auto& value = required(project, "project").value;
    rapport::Author const by{text_or_empty(author), checked_instant(when, "when")};
    auto const number = value.apply(edit_of(required_text(edit, "edit")), by).number;
    if (entry) *entry = number;
  });
}

rapport_status rapport_project_undo(rapport_project* project, char const* author, int64_t when,
                                    uint64_t* entry, rapport_error** error) {
  return guarded(error, [&] {
    auto& value = required(project, "project").value;
    rapport::Author const by{text_or_empty(author), checked_instant(when, "when")};
    auto const number = value.undo(by).number;
    if (entry) *entry = number;
  });
}

rapport_status rapport_project_journal(rapport_project const* project, ArrowArrayStream* out,
                                       rapport_error** error) {
  return guarded(
      error, [&] { give(rapport::journal_table(required(project, "project").value), required(out, "out")); });
}

void rapport_project_free(rapport_project* project) { delete project; }

rapport_status rapport_store_create(char const* path, rapport_project const* project, rapport_error** error) {
  return guarded(error, [&] {
    (void)rapport::Store::create(required_text(path, "path"), required(project, "project").value);
  });
}

rapport_status rapport_store_load(char const* path, rapport_project** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = new rapport_project{rapport::Store::open(required_text(path, "path")).load()};
  });
}

rapport_status rapport_store_append(char const* path, rapport_project const* project, rapport_error** error) {
  return guarded(error, [&] {
    rapport::Store::open(required_text(path, "path")).append(required(project, "project").value);
  });
}
