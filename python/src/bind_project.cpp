#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/exchange/read.h"
#include "rapport/store/journal.h"
#include "rapport/store/store.h"
#include "rapport/table/table.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

using Paths = std::vector<std::filesystem::path>;

/// One store alone keeps its journal; otherwise the facts of all sources become one project.
std::pair<SharedProject, Diagnostics> read_project(Paths const& paths, RunControl const& control,
                                                   ReadOptions const& options) {
  if (paths.empty()) throw InvalidInput("nothing to read: give at least one file");
  if (paths.size() == 1 && Store::is_store(paths.front()))
    return {SharedProject{std::make_shared<Project>(Store::open(paths.front()).load())}, {}};
  std::vector<ReadResult> sources;
  for (auto const& path : paths)
    sources.push_back(Store::is_store(path) ? ReadResult{Store::open(path).load().facts(), {}}
                                            : read(path, control, options));
  ReadResult all = sources.size() == 1 ? std::move(sources.front()) : combine(sources);
  Diagnostics notes = std::move(all.diagnostics);
  auto project = std::make_shared<Project>(std::move(all.facts), notes);
  return {SharedProject{std::move(project)}, std::move(notes)};
}

std::filesystem::path path_of(py::handle given) {
  try {
    return given.cast<std::filesystem::path>();
  } catch (py::cast_error const&) {
    throw py::type_error("read() takes paths, each a str, bytes or os.PathLike, not " +
                         py::repr(given).cast<std::string>());
  }
}

template <class T>
std::vector<Fact> all_of(Facts const& facts) {
  auto const& members = facts.*FactTraits<T>::member;
  return {members.begin(), members.end()};
}

std::vector<std::string> kinds() {
  auto const names = names_of<FactKind>();
  return {names.begin(), names.end()};
}

std::vector<Fact> facts_of(SharedProject const& self, std::string const& plural) {
  std::optional<std::vector<Fact>> found;
  std::vector<std::string> known;
  for_each_fact_type([&]<class T>() {
    known.emplace_back(FactTraits<T>::plural);
    if (plural == FactTraits<T>::plural) found = all_of<T>(self.project->facts());
  });
  if (!found) throw NotFound("kind of fact", plural, nearest_keys(plural, known));
  return *found;
}

Fact fact_at(SharedProject const& self, NodeRef const& node) {
  std::optional<Fact> found;
  for_each_fact_type([&]<class T>() {
    if (node.kind == FactTraits<T>::kind) found = self.project->at<T>(node.key);
  });
  return *found;
}

template <class T>
T fact_of(SharedProject const& self, std::string const& key) {
  return self.project->at<T>(key);
}

Author author(std::string const& by, std::optional<Instant> when) {
  if (when) return {by, *when};
  return {by, py::cast<Instant>(py::module_::import("datetime").attr("datetime").attr("now")())};
}

}  // namespace

void bind_project(py::module_& module) {
  py::class_<Edit>(module, "Edit", "Facts to put and to remove, applied whole or not at all.")
      .def(py::init<std::string>(), "reason"_a = "")
      .def("put", &Edit::put, "fact"_a, py::return_value_policy::reference,
           "Adds the fact, or replaces the one with its key.")
      .def(
          "remove", [](Edit& edit, NodeRef const& node) -> Edit& { return edit.remove(node.kind, node.key); },
          "node"_a, py::return_value_policy::reference, "Removes \"activity:A1040\".");

  py::class_<SharedProject> project(
      module, "Project",
      "The facts of a project, checked against each other, and the journal of their edits.");
  project.def(py::init([] { return SharedProject{std::make_shared<Project>()}; }))
      .def_static(
          "from_json",
          [](std::string const& text, std::string const& file) {
            return SharedProject{std::make_shared<Project>(facts_from_document(text, file).facts)};
          },
          "text"_a, "file"_a = "", "From a document of facts. Raises ParseError and InvalidInput.")
      .def("to_json", [](SharedProject const& self) { return to_document(self.project->facts()); })
      .def_property_readonly("name", [](SharedProject const& self) { return self.project->facts().name; })
      .def_property_readonly("currency",
                             [](SharedProject const& self) { return self.project->facts().currency; })
      .def("facts", &facts_of, "kind"_a, "All facts of a kind, by its plural name: facts(\"activities\").")
      .def("__getitem__", &fact_at, "node"_a,
           "The fact \"requirement:REQ-31\". Raises NotFound with the nearest keys.")
      .def("__contains__",
           [](SharedProject const& self, NodeRef const& node) { return self.project->contains(node); })
      .def("activity", &fact_of<Activity>, "key"_a)
      .def("requirement", &fact_of<Requirement>, "key"_a)
      .def("stakeholder", &fact_of<Stakeholder>, "key"_a)
      .def("change_request", &fact_of<ChangeRequest>, "key"_a)
      .def("risk", &fact_of<Risk>, "key"_a)
      .def(
          "apply",
          [](SharedProject& self, Edit const& edit, std::string const& by, std::optional<Instant> when) {
            self.for_edit().apply(edit, author(by, when));
          },
          "edit"_a, py::kw_only(), "by"_a, "when"_a = py::none(),
          "Applies the edit whole, or raises InvalidInput and changes nothing.")
      .def(
          "undo",
          [](SharedProject& self, std::string const& by, std::optional<Instant> when) {
            self.for_edit().undo(author(by, when));
          },
          py::kw_only(), "by"_a, "when"_a = py::none(),
          "Takes back the latest entry that is not yet taken back.")
      .def(
          "merge",
          [](SharedProject& self, Paths const& paths, std::string const& by, std::optional<Instant> when) {
            auto const who = author(by, when);
            std::string reason = "merged";
            for (auto const& path : paths) reason += " " + path.filename().string();
            auto [other, notes] = read_project(paths, {}, {});
            self.for_edit().merge(other.project->facts(), who, reason);
            return notes;
          },
          "paths"_a, py::kw_only(), "by"_a, "when"_a = py::none(),
          "Adds the facts of other files; returns what was not kept.")
      .def_property_readonly(
          "journal", [](SharedProject const& self) { return journal_table(*self.project); },
          "One row per fact changed: number, author, when, reason, undoes, kind, key, before, after; the "
          "last "
          "two as JSON, None where there was no such fact.")
      .def(
          "save",
          [](SharedProject const& self, std::filesystem::path const& path) {
            if (Store::is_store(path)) {
              Store::open(path).append(*self.project);
            } else {
              (void)Store::create(path, *self.project);
            }
          },
          "path"_a, "Writes a new store file, or appends the new journal entries to the one it came from.")
      .def("__repr__", [](SharedProject const& self) {
        auto const& facts = self.project->facts();
        return "<Project " + facts.name + ": " + std::to_string(facts.activities.size()) + " activities, " +
               std::to_string(facts.links.size()) + " links, " + std::to_string(facts.requirements.size()) +
               " requirements>";
      });

  module.def("fact_kinds", &kinds, "The kinds of facts by name, as in \"requirement:REQ-31\".");
  module.def(
      "read",
      [](py::args const& paths, py::object const& progress, std::uint64_t most_unpacked,
         std::string code_page) {
        Paths files;
        for (auto const& path : paths) files.push_back(path_of(path));
        RunControl const control = run_control(progress);
        py::gil_scoped_release const release;
        return read_project(files, control, {most_unpacked, std::move(code_page)});
      },
      py::kw_only(), "progress"_a = py::none(), "most_unpacked"_a = 0, "code_page"_a = "",
      "Reads one or more files (XER, MS Project XML, JSON, CSV, store) into one project.\n\n"
      "Returns (project, notes): the notes list what a reader could not keep. `most_unpacked`: bytes that a "
      "gzip file may unpack to; 0: 256 MiB or a hundred times its size, and at most 4 GiB. `code_page`: of "
      "XER "
      "files, \"windows-1253\"; as their bytes suggest when empty. Raises ParseError, InvalidInput, "
      "StoreError.");
}

}  // namespace rapport::python
