#include "rapport/impact/change_roles.h"

#include <array>

#include "base/number_text.h"
#include "rapport/base/error.h"
#include "rapport/model/names.h"

namespace rapport {

std::string_view name_of(ChangeRole role) {
  constexpr std::array<std::string_view, 3> names = {"absorber", "carrier", "multiplier"};
  return names[static_cast<std::size_t>(role)];
}

ChangeRole role_of(double risk_out, double risk_in, double band) {
  if (!(band >= 0 && band <= 1))
    throw InvalidInput("the band of carriers is " + short_text(band) + "; give a number from 0 to 1");
  if (risk_out < risk_in * (1 - band)) return ChangeRole::Absorber;
  return risk_out > risk_in * (1 + band) ? ChangeRole::Multiplier : ChangeRole::Carrier;
}

namespace {

/// Sums over all others, one for each component.
struct Sums {
  Sums(std::vector<double> const& matrix, std::size_t n) : out(n, 0), in(n, 0) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        out[i] += matrix[j * n + i];
        in[i] += matrix[i * n + j];
      }
  }
  std::vector<double> out, in;
};

}  // namespace

std::vector<ChangeRole> ChangePrediction::roles(double band) const {
  Sums const sums(risk, names.size());
  std::vector<ChangeRole> roles;
  for (std::size_t i = 0; i < names.size(); ++i) roles.push_back(role_of(sums.out[i], sums.in[i], band));
  return roles;
}

Table ChangePrediction::role_table(double band) const {
  Sums const likelihoods(likelihood, names.size()), risks(risk, names.size());
  std::vector<std::optional<std::string>> role;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const as = role_of(risks.out[i], risks.in[i], band);
    role.push_back(risks.out[i] > 0 || risks.in[i] > 0 ? std::optional(std::string(name_of(as)))
                                                       : std::nullopt);
  }
  Table table("component_roles");
  table.add("component", names);
  table.add("likelihood_out", likelihoods.out).add("likelihood_in", likelihoods.in);
  table.add("risk_out", risks.out).add("risk_in", risks.in).add("role", role);
  return table;
}

Table ChangeRoles::table() const {
  std::vector<std::string> kinds, keys;
  std::vector<double> likelihood_out, likelihood_in, risk_out, risk_in;
  std::vector<std::optional<std::string>> roles;
  for (auto const& one : nodes) {
    kinds.emplace_back(to_name(one.node.kind));
    keys.push_back(one.node.key);
    likelihood_out.push_back(one.likelihood_out);
    likelihood_in.push_back(one.likelihood_in);
    risk_out.push_back(one.risk_out);
    risk_in.push_back(one.risk_in);
    roles.push_back(one.role ? std::optional(std::string(name_of(*one.role))) : std::nullopt);
  }
  Table table("change_roles");
  table.add("kind", kinds).add("key", keys);
  table.add("likelihood_out", likelihood_out).add("likelihood_in", likelihood_in);
  table.add("risk_out", risk_out).add("risk_in", risk_in).add("role", roles);
  return table;
}

}  // namespace rapport
