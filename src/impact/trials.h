#pragma once
// Where several threads try changes on one schedule.

#include <memory>
#include <mutex>
#include <vector>

#include "rapport/schedule/what_if.h"

namespace rapport::detail {

/// One place to try changes for each thread that asks, made when it is first asked for.
class Trials {
 public:
  explicit Trials(Schedule const& before) : before_(before) {}

  /// What `use` makes of one that nobody else uses meanwhile; it stays good when `use` throws.
  template <class Use>
  auto with_one(Use&& use) {
    Borrowed const one(*this);
    return use(*one.what_if);
  }

 private:
  struct Borrowed {
    explicit Borrowed(Trials& trials) : from(trials), what_if(trials.take()) {}
    ~Borrowed() {
      std::scoped_lock const lock(from.mutex_);
      from.idle_.push_back(std::move(what_if));
    }
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;

    Trials& from;
    std::unique_ptr<WhatIf> what_if;
  };

  std::unique_ptr<WhatIf> take() {
    {
      std::scoped_lock const lock(mutex_);
      if (!idle_.empty()) {
        auto one = std::move(idle_.back());
        idle_.pop_back();
        return one;
      }
    }
    return std::make_unique<WhatIf>(before_);
  }

  Schedule const& before_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WhatIf>> idle_;
};

}  // namespace rapport::detail
