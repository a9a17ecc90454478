#include "impact/fair_shares.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <string>
#include <unordered_map>

#include "impact/parallel.h"
#include "impact/random.h"

namespace rapport::detail {
namespace {

using Chosen = std::vector<std::uint8_t>;

/// Sum over parts of whole numbers, from sums of exact contributions.
void write_shares(std::vector<std::array<double, 3>> const& mean, Measures const& whole, FairShares& out) {
  std::size_t const parts = mean.size();
  out.share.assign(parts, {});
  for (std::size_t m = 0; m < whole.size(); ++m) {
    std::vector<double> exact(parts);
    for (std::size_t p = 0; p < parts; ++p) exact[p] = mean[p][m];
    auto const rounded = rounded_to_sum(exact, whole[m]);
    for (std::size_t p = 0; p < parts; ++p) out.share[p][m] = rounded[p];
  }
}

Measures difference(Measures const& a, Measures const& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }

}  // namespace

std::vector<std::int64_t> rounded_to_sum(std::vector<double> const& exact, std::int64_t whole) {
  std::vector<std::int64_t> rounded(exact.size());
  std::vector<double> rest(exact.size());
  std::int64_t sum = 0;
  for (std::size_t p = 0; p < exact.size(); ++p) {
    double const nearest = std::round(exact[p]);
    // Sums of doubles leave a trace of noise around whole numbers.
    double const down = std::abs(exact[p] - nearest) < 1e-6 ? nearest : std::floor(exact[p]);
    rest[p] = std::max(0.0, exact[p] - down);
    rounded[p] = static_cast<std::int64_t>(down);
    sum += rounded[p];
  }
  std::vector<std::size_t> order(exact.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return rest[a] > rest[b]; });
  for (std::size_t k = 0; sum != whole && !order.empty(); k = (k + 1) % order.size()) {
    std::int64_t const step = sum < whole ? 1 : -1;
    rounded[order[k]] += step, sum += step;
  }
  return rounded;
}

FairShares fair_shares(std::size_t parts, std::function<Measures(Chosen const&)> const& value,
                       ShareOptions const& options, RunControl const& control) {
  FairShares out;
  out.error.assign(parts, {});
  if (parts == 0) return out;
  std::vector<std::array<double, 3>> mean(parts);
  if (parts <= options.exact_parts && parts < 24) {
    std::size_t const states = std::size_t{1} << parts;
    std::vector<Measures> of(states);
    in_parallel(states, options.threads, control, "explaining", [&](std::size_t state) {
      Chosen chosen(parts);
      for (std::size_t p = 0; p < parts; ++p) chosen[p] = (state >> p) & 1U;
      of[state] = value(chosen);
    });
    // weight[k] = k! (n − k − 1)! / n!, for sets of k that the part joins.
    std::vector<double> weight(parts);
    weight[0] = 1.0 / static_cast<double>(parts);
    for (std::size_t k = 1; k < parts; ++k)
      weight[k] = weight[k - 1] * static_cast<double>(k) / static_cast<double>(parts - k);
    for (std::size_t state = 0; state < states; ++state) {
      std::size_t size = 0;
      for (std::size_t p = 0; p < parts; ++p) size += (state >> p) & 1U;
      for (std::size_t p = 0; p < parts; ++p) {
        if ((state >> p) & 1U) continue;
        auto const added = difference(of[state | (std::size_t{1} << p)], of[state]);
        for (std::size_t m = 0; m < added.size(); ++m)
          mean[p][m] += weight[size] * static_cast<double>(added[m]);
      }
    }
    out.evaluations = states;
    write_shares(mean, difference(of.back(), of.front()), out);
    return out;
  }

  out.permutations =
      std::max<std::size_t>(8, std::min(options.permutations, options.most_evaluations / parts));
  std::unordered_map<std::string, Measures> known;
  std::mutex guard;
  auto const cached = [&](Chosen const& chosen) {
    std::string const key(chosen.begin(), chosen.end());
    {
      std::scoped_lock const lock(guard);
      if (auto const at = known.find(key); at != known.end()) return at->second;
    }
    auto const found = value(chosen);
    std::scoped_lock const lock(guard);
    known.emplace(key, found);
    return found;
  };
  Measures const none = cached(Chosen(parts, 0)), all = cached(Chosen(parts, 1));
  std::vector<std::vector<Measures>> added(out.permutations, std::vector<Measures>(parts));
  in_parallel(out.permutations, options.threads, control, "explaining", [&](std::size_t trial) {
    std::vector<std::size_t> order(parts);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t k = parts; k-- > 1;) {
      auto const pick =
          static_cast<std::size_t>(uniform(options.seed, trial, k) * static_cast<double>(k + 1));
      std::swap(order[k], order[std::min(pick, k)]);
    }
    Chosen chosen(parts, 0);
    Measures before = none;
    for (auto const p : order) {
      chosen[p] = 1;
      auto const now = cached(chosen);
      added[trial][p] = difference(now, before);
      before = now;
    }
  });
  double const trials = static_cast<double>(out.permutations);
  for (std::size_t p = 0; p < parts; ++p)
    for (std::size_t m = 0; m < none.size(); ++m) {
      double sum = 0, square = 0;
      for (auto const& trial : added) sum += static_cast<double>(trial[p][m]);
      double const average = sum / trials;
      for (auto const& trial : added) square += std::pow(static_cast<double>(trial[p][m]) - average, 2);
      mean[p][m] = average;
      out.error[p][m] = std::sqrt(square / (trials - 1) / trials);
    }
  out.evaluations = known.size();
  write_shares(mean, difference(all, none), out);
  return out;
}

}  // namespace rapport::detail
