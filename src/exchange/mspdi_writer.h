#pragma once
// From facts to the elements of an MSPDI. One object writes one file.

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/findings.h"
#include "exchange/worked_days.h"
#include "exchange/write_check.h"
#include "rapport/model/facts.h"

namespace rapport {

/// Facts of one side, the file's or the wanted, with the UIDs that they have in the file.
struct MspdiSide {
  explicit MspdiSide(Facts const& facts);

  Facts const& facts;
  std::unordered_map<std::string, std::string> calendar, activity, resource;  ///< UIDs by key.
  std::unordered_map<std::string_view, RecordedDates const*> recorded;
  std::unordered_map<std::string_view, Resource const*> resource_called;
  std::unordered_map<std::string_view, Expense const*> expense_of;
  std::unordered_map<std::string_view, int> depth;  ///< Of WBS nodes, 1 at the top.
  std::unordered_map<std::string_view, Activity const*> activity_called;
  WorkedDays days;
};

template <class T>
struct MspdiField {
  char const* name;
  std::string (*spell)(T const&, MspdiSide const&);  ///< Empty: no such element.
};
[[nodiscard]] std::vector<MspdiField<Subproject>> const& mspdi_project_fields();
[[nodiscard]] std::vector<MspdiField<Activity>> const& mspdi_task_fields();
[[nodiscard]] std::vector<MspdiField<Link>> const& mspdi_link_fields();
[[nodiscard]] std::vector<MspdiField<Resource>> const& mspdi_resource_fields();
[[nodiscard]] std::vector<MspdiField<Assignment>> const& mspdi_assignment_fields();

/// Sets the text of the child `name`, at its place in the schema; an empty `value` takes the child out.
void set_child(pugi::xml_node parent, char const* name, std::string const& value);
/// A new child at its place in the schema, on a line of its own where the others are.
pugi::xml_node add_child(pugi::xml_node parent, char const* name);
void remove_child(pugi::xml_node child);
/// Markup characters as entities.
[[nodiscard]] std::string escaped(std::string_view text);
/// Writes week, exceptions and work weeks of `calendar` that differ from those of `before`.
void write_working_time(pugi::xml_node element, Calendar const& calendar, Calendar const* before);

class MspdiWriter {
 public:
  MspdiWriter(pugi::xml_document& document, Facts const& before, Facts const& after)
      : root_(document.document_element()), before_(before), after_(after) {}

  /// Whether anything had to be changed.
  bool write();
  [[nodiscard]] FileOrder const& order() const { return order_; }

 private:
  template <class T>
  struct Placed {
    pugi::xml_node element;
    T const* before = nullptr;
    T const* after = nullptr;
  };

  void write_project();
  void write_calendars();
  void write_tasks();
  void write_links();
  void write_resources();
  void write_assignments();
  void write_rates(pugi::xml_node element, Resource const& resource);
  void write_splits();
  void order_tasks(std::vector<Placed<Activity>> const& tasks);
  pugi::xml_node container(char const* name);

  template <class T>
  std::vector<Placed<T>> place(std::vector<pugi::xml_node> const& elements, char const* container,
                               char const* name);
  template <class T>
  bool fill(Placed<T> const& placed, std::vector<MspdiField<T>> const& fields);
  [[nodiscard]] std::string fresh_uid(char const* container);

  pugi::xml_node root_;
  MspdiSide before_, after_;
  FileOrder order_;
  std::unordered_map<std::string, pugi::xml_node> task_of_;  ///< By key.
  std::unordered_map<std::string, std::int64_t> last_uid_;
  bool edited_ = false;
};

}  // namespace rapport
