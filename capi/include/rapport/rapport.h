/*
 * Rapport: what a change does to dates, money, quality and risks, and who must know.
 * The stable C interface. docs/reference/c.md tells the story; examples/c/impact.c is a program.
 *
 * Rules that hold for every function:
 *
 * - It returns a rapport_status. Outputs come last before `error`; on failure they are untouched.
 * - `error` may be NULL. Otherwise a failure stores a new error there, to be freed with
 *   rapport_error_free; success leaves it alone.
 * - Text is UTF-8 and ends with NUL. A `char**` output is the caller's, to be freed with
 *   rapport_string_free. A `const char*` that a function returns belongs to what it came from.
 * - A handle is freed with its _free function, which takes NULL. Handles may be freed in any order:
 *   what is made from another one keeps alive what it needs of it.
 * - A rapport_project and a rapport_what_if are edited, and so used by one thread at a time. All other
 *   handles never change and may be shared between threads.
 * - What was made from a project goes with that project, in the state that its work had: a schedule or an
 *   impact given with another project, or after an edit of its work, is refused with
 *   RAPPORT_INVALID_INPUT. Edits of anything else (people, prices, change requests …) are no such edit.
 * - Options may be NULL for the defaults. They are initialised with their _INIT macro; a program
 *   built with an older header goes on to work, with the defaults for what it does not know.
 * - Tables come as Arrow C streams: https://arrow.apache.org/docs/format/CStreamInterface.html.
 *   `out` is overwritten; release it with its own release callback.
 * - Instants are seconds since 1970-01-01T00:00 project time, which has no zone; spans and working
 *   time are seconds.
 * - Nothing prints, aborts, reads a clock or keeps global state.
 */
#ifndef RAPPORT_RAPPORT_H
#define RAPPORT_RAPPORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* -- Arrow, by its specification ---------------------------------------------------------------- */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif

/* -- status and errors -------------------------------------------------------------------------- */

/** What came of a call. A number never changes its meaning; new ones may be added. */
typedef int32_t rapport_status;

#define RAPPORT_OK 0
#define RAPPORT_INVALID_INPUT 1 /* Facts, arguments or options that make no sense. */
#define RAPPORT_NOT_FOUND 2     /* A key that names nothing. */
#define RAPPORT_CYCLE 3         /* Activities that wait for each other. */
#define RAPPORT_PARSE 4         /* Text that is not what it claims to be. */
#define RAPPORT_STORE 5         /* A store file that is none, is locked, damaged or not writable. */
#define RAPPORT_CANCELLED 6     /* The progress callback asked to stop. */
#define RAPPORT_OUT_OF_MEMORY 7
#define RAPPORT_INTERNAL 8 /* A defect of Rapport's; please report it with the message. */

typedef struct rapport_error rapport_error;

/** The status that the failed call returned; RAPPORT_OK for NULL. */
rapport_status rapport_error_status(const rapport_error* error);
/** One or more sentences for people: the subject, the place, the way out. "" for NULL. */
const char* rapport_error_message(const rapport_error* error);
/**
 * What the error carries, as a JSON object with "status" and "message", and by status:
 * invalid_input "diagnostics"; not_found "kind", "key", "nearest"; cycle "keys" in order along the
 * loop; parse "file", "line", "column"; store "sqlite_code"; cancelled "fraction_done".
 * "{}" for NULL.
 */
const char* rapport_error_details(const rapport_error* error);
void rapport_error_free(rapport_error* error);

/** "ok", "invalid_input" … ; "unknown" for a number without meaning. Never freed. */
const char* rapport_status_name(rapport_status status);
/** The version of the library, for example "1.4.2". Never freed. */
const char* rapport_version(void);

void rapport_string_free(char* text);

/* -- progress ----------------------------------------------------------------------------------- */

/**
 * Called from the calling thread, at most some hundred times a call, with what part of the call is
 * done (0 to 1) and a few words. Returns 0 to go on; anything else stops the call, which then
 * returns RAPPORT_CANCELLED with nothing changed.
 */
typedef int32_t (*rapport_progress_callback)(void* context, double fraction, const char* stage);

/** For calls that may take long and have no other options. */
typedef struct rapport_run_options {
  size_t struct_size;
  rapport_progress_callback progress; /* NULL: none. */
  void* progress_context;
} rapport_run_options;
#define RAPPORT_RUN_OPTIONS_INIT \
  { sizeof(rapport_run_options), NULL, NULL }

/* -- project: facts and the journal of their edits ---------------------------------------------- */

typedef struct rapport_project rapport_project;

typedef struct rapport_read_options {
  size_t struct_size;
  rapport_progress_callback progress;
  void* progress_context;
  const char* author; /* Who merges further sources into a store's project; NULL: nobody named. */
  int64_t when;       /* And at what instant. */
  /* Bytes that a gzip file may unpack to; 0: 256 MiB or a hundred times its size, and at most 4 GiB. */
  uint64_t most_unpacked;
  const char* code_page; /* Of XER files, "windows-1253"; NULL: as their bytes suggest. */
} rapport_read_options;
#define RAPPORT_READ_OPTIONS_INIT \
  { sizeof(rapport_read_options), NULL, NULL, NULL, 0, 0, NULL }

/**
 * Reads one or more sources into one project: Primavera XER, Microsoft Project XML, Rapport JSON,
 * CSV of facts, a Rapport store. Each is known by what it holds. Later sources replace facts of
 * the same key; when the first is a store, its journal is kept and the others are merged into it.
 * `*diagnostics` (or NULL) becomes a JSON array of what the readers could not keep and what they did
 * about it, and of what is odd about the facts and yet can be used: objects with severity, file, line,
 * column, subject, message, action.
 * Fails with RAPPORT_PARSE, RAPPORT_STORE, RAPPORT_CANCELLED, and RAPPORT_INVALID_INPUT when a file
 * cannot be opened or the facts contradict each other.
 */
rapport_status rapport_project_read(const char* const* paths, size_t path_count,
                                    const rapport_read_options* options, rapport_project** out,
                                    char** diagnostics, rapport_error** error);
/**
 * A project of one facts document (docs/reference/facts.schema.json). `diagnostics` as above.
 * Fails with RAPPORT_PARSE, RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_project_from_json(const char* json, rapport_project** out, char** diagnostics,
                                         rapport_error** error);
/** All facts as one document; rapport_project_from_json reads it back. The journal is not in it. */
rapport_status rapport_project_to_json(const rapport_project* project, char** out, rapport_error** error);
/**
 * One fact as a document; `node` is its kind and key: "activity:A1040".
 * Fails with RAPPORT_NOT_FOUND (with the nearest keys), RAPPORT_PARSE.
 */
rapport_status rapport_project_fact(const rapport_project* project, const char* node, char** out,
                                    rapport_error** error);
/**
 * Applies an edit, whole or not at all:
 * {"reason": "…", "put": {"activities": [{…}], …}, "remove": ["link:A>B:FS", …]}.
 * `put` is a facts document; its facts are added, or replace those of the same key. The edit is
 * journalled under `author` (may be NULL) at `when`. `*entry` (or NULL) becomes its number.
 * Fails with RAPPORT_PARSE, RAPPORT_INVALID_INPUT (also for fields that are not known),
 * RAPPORT_NOT_FOUND.
 */
rapport_status rapport_project_apply(rapport_project* project, const char* edit, const char* author,
                                     int64_t when, uint64_t* entry, rapport_error** error);
/**
 * Takes back the latest edit that is not yet taken back, and journals that. `*entry` (or NULL)
 * becomes the number of the new entry. Fails with RAPPORT_INVALID_INPUT when there is none.
 */
rapport_status rapport_project_undo(rapport_project* project, const char* author, int64_t when,
                                    uint64_t* entry, rapport_error** error);
/** One row per changed fact: number, author, when, reason, undoes, kind, key, before, after. */
rapport_status rapport_project_journal(const rapport_project* project, struct ArrowArrayStream* out,
                                       rapport_error** error);
void rapport_project_free(rapport_project* project);
/* -- store: a project in one SQLite file -------------------------------------------------------- */

/** Makes a new store holding facts and journal. Fails with RAPPORT_STORE, also when the file exists. */
rapport_status rapport_store_create(const char* path, const rapport_project* project, rapport_error** error);
/** Fails with RAPPORT_STORE when it is missing, no store, newer than this library, or damaged. */
rapport_status rapport_store_load(const char* path, rapport_project** out, rapport_error** error);
/**
 * Writes the journal entries that the project has beyond the store, with the facts they change, in
 * one transaction. Fails with RAPPORT_STORE, also when the journals have parted.
 */
rapport_status rapport_store_append(const char* path, const rapport_project* project, rapport_error** error);

/* -- network: facts frozen for computing -------------------------------------------------------- */

typedef struct rapport_network rapport_network;

/**
 * Freezes the work of a project. Later edits of the project do not change the network.
 * Fails with RAPPORT_CYCLE, RAPPORT_INVALID_INPUT (a calendar without working time),
 * RAPPORT_CANCELLED.
 */
rapport_status rapport_project_compile(const rapport_project* project, const rapport_run_options* options,
                                       rapport_network** out, rapport_error** error);
/**
 * Activities that wait for each other, all of them: loop, activities, links, shortest, cut, cut_links,
 * at_least, proved; one row for each knot, none when the project compiles.
 */
rapport_status rapport_project_loops(const rapport_project* project, struct ArrowArrayStream* out,
                                     rapport_error** error);
rapport_status rapport_network_activity_count(const rapport_network* network, uint32_t* out,
                                              rapport_error** error);
rapport_status rapport_network_link_count(const rapport_network* network, uint32_t* out,
                                          rapport_error** error);
/**
 * The position of an activity in arrays of this network: 0 to count - 1, predecessors first.
 * Fails with RAPPORT_NOT_FOUND.
 */
rapport_status rapport_network_find(const rapport_network* network, const char* key, uint32_t* out,
                                    rapport_error** error);
/**
 * The key of the activity at `index`; `*out` lives as long as the network.
 * Fails with RAPPORT_INVALID_INPUT when there is none.
 */
rapport_status rapport_network_key(const rapport_network* network, uint32_t index, const char** out,
                                   rapport_error** error);
/**
 * Dates by durations, links and calendars alone, without progress, constraints or a tool's rules: key,
 * early_start, early_finish, late_start, late_finish, total_float_minutes, free_float_minutes; one row for
 * each activity with work of its own. `days`: how far the calendars are laid out from the plan's start, up to
 * 11 000. Fails with RAPPORT_INVALID_INPUT, naming what does not fit those days or is not in whole minutes.
 */
rapport_status rapport_network_bare_dates(const rapport_network* network, int32_t days,
                                          struct ArrowArrayStream* out, rapport_error** error);
void rapport_network_free(rapport_network* network);

/* -- schedule: dates, floats, and why ----------------------------------------------------------- */

typedef struct rapport_schedule rapport_schedule;

#define RAPPORT_RULES_AUTO 0 /* As the plan's own file states them. */
#define RAPPORT_RULES_PRIMAVERA 1
#define RAPPORT_RULES_MICROSOFT 2

typedef struct rapport_schedule_options {
  size_t struct_size;
  rapport_progress_callback progress;
  void* progress_context;
  int32_t rules;    /* RAPPORT_RULES_… */
  int32_t reserved; /* 0 */
} rapport_schedule_options;
#define RAPPORT_SCHEDULE_OPTIONS_INIT \
  { sizeof(rapport_schedule_options), NULL, NULL, RAPPORT_RULES_AUTO, 0 }

/** Fails with RAPPORT_INVALID_INPUT, RAPPORT_CANCELLED. */
rapport_status rapport_network_schedule(const rapport_network* network,
                                        const rapport_schedule_options* options, rapport_schedule** out,
                                        rapport_error** error);
/** The earliest early start and the latest early finish. */
rapport_status rapport_schedule_start(const rapport_schedule* schedule, int64_t* out, rapport_error** error);
rapport_status rapport_schedule_finish(const rapport_schedule* schedule, int64_t* out, rapport_error** error);

#define RAPPORT_EARLY_START 0
#define RAPPORT_EARLY_FINISH 1
#define RAPPORT_LATE_START 2
#define RAPPORT_LATE_FINISH 3
#define RAPPORT_TOTAL_FLOAT 4 /* Working seconds on the activity's calendar. */
#define RAPPORT_FREE_FLOAT 5
#define RAPPORT_CRITICAL 6 /* 0 or 1. */
#define RAPPORT_LONGEST_PATH 7

/**
 * The network whose order the schedule's values have. It is that of rapport_network_schedule, unless the
 * schedule is one of a what-if or an impact: links and activities that come and go number it anew.
 */
rapport_status rapport_schedule_network(const rapport_schedule* schedule, rapport_network** out,
                                        rapport_error** error);
/**
 * One figure (RAPPORT_EARLY_START …) of every activity, in the order of rapport_schedule_network.
 * Fails with RAPPORT_INVALID_INPUT unless `count` is the number of activities.
 */
rapport_status rapport_schedule_values(const rapport_schedule* schedule, int32_t field, int64_t* values,
                                       size_t count, rapport_error** error);

#define RAPPORT_SCHEDULE_ACTIVITIES 0
#define RAPPORT_SCHEDULE_LINKS 1
/** Of what is not completed: key, name, and total_, free_, interfering_, safety_, independent_float_minutes.
 */
#define RAPPORT_SCHEDULE_FLOATS 2
/** Links that a chain of others makes say nothing: predecessor, successor, type, lag, through. */
#define RAPPORT_SCHEDULE_REDUNDANT_LINKS 3

/** One of the tables of a schedule (RAPPORT_SCHEDULE_ACTIVITIES …). Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_schedule_table(const rapport_schedule* schedule, int32_t table,
                                      struct ArrowArrayStream* out, rapport_error** error);
/**
 * Why an activity starts and finishes when it does: {"text": …, "steps": [{"activity", "field",
 * "date", "driver", "link", "text"}, …]}, from its early finish back to a root.
 * Fails with RAPPORT_NOT_FOUND.
 */
rapport_status rapport_schedule_why(const rapport_schedule* schedule, const char* key, char** out,
                                    rapport_error** error);
/** The same for its late start, forward to what the project must meet. */
rapport_status rapport_schedule_why_late(const rapport_schedule* schedule, const char* key, char** out,
                                         rapport_error** error);
#define RAPPORT_BY_FREE_FLOAT 0
#define RAPPORT_BY_TOTAL_FLOAT 1

/**
 * The chains of activities that lead to `end` (NULL or "": to what finishes last), at most `count`, the most
 * critical first: path, order, key, name, early_start, early_finish, total_float_minutes, joins, by_minutes.
 * `by`: RAPPORT_BY_FREE_FLOAT (path 1 is what drives the end) or RAPPORT_BY_TOTAL_FLOAT.
 * Fails with RAPPORT_NOT_FOUND, RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_schedule_float_paths(const rapport_schedule* schedule, const char* end, size_t count,
                                            int32_t by, struct ArrowArrayStream* out, rapport_error** error);

/**
 * These dates beside the ones that the tool stored in the project's file. `scores`: field, hits,
 * compared, percent. `misses` (or NULL): the first `limit` figures that differ, each with its why.
 */
rapport_status rapport_schedule_check(const rapport_schedule* schedule, const rapport_project* project,
                                      size_t limit, struct ArrowArrayStream* scores,
                                      struct ArrowArrayStream* misses, rapport_error** error);
/**
 * DCMA's fourteen points and what of GAO's ten practices a plan can show. `options` (or NULL) is a JSON
 * object of options by name: {"lag_tolerance": "40h", "missed": "open"} (docs/reference/quality.md).
 * `checks`: standard, point, id, name, count, out_of, value, unit, limit, limit_kind, verdict, meaning.
 * `findings` (or NULL): check, activity, predecessor, link, reason.
 * Fails with RAPPORT_PARSE, RAPPORT_NOT_FOUND, RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_schedule_quality(const rapport_schedule* schedule, const rapport_project* project,
                                        const char* options, struct ArrowArrayStream* checks,
                                        struct ArrowArrayStream* findings, rapport_error** error);
/**
 * Why float is negative: from, until, chain, links, worst, total_float_minutes, activities; one row for
 * each pair of dates that cannot both hold, the worst first.
 */
rapport_status rapport_schedule_conflicts(const rapport_schedule* schedule, struct ArrowArrayStream* out,
                                          rapport_error** error);
/**
 * Writes the project to a file that other tools open; the ending of `path` says which: .xer (Primavera P6),
 * .xml (Microsoft Project) or .json (facts). `original` (or NULL) is the file that the project was read from:
 * what it holds beyond the facts is kept. `schedule` (or NULL) gives the dates and floats to write; NULL
 * means the recorded ones. `*diagnostics` (or NULL) becomes a JSON list of what the file could not hold; free
 * it with rapport_string_free. Fails with RAPPORT_INVALID_INPUT, also when a file cannot be read or written,
 * and RAPPORT_PARSE.
 */
rapport_status rapport_project_write(const rapport_project* project, const char* path, const char* original,
                                     const rapport_schedule* schedule, char** diagnostics,
                                     rapport_error** error);
void rapport_schedule_free(rapport_schedule* schedule);

/* -- what if: changes tried on a schedule, only what they touch computed again --------------------- */

/** Used by one thread at a time; changes when it is edited, unlike all other handles but a project. */
typedef struct rapport_what_if rapport_what_if;

/** Nothing changed yet. Keeps what it needs of the schedule, which stays as it is. */
rapport_status rapport_schedule_what_if(const rapport_schedule* schedule, rapport_what_if** out,
                                        rapport_error** error);
/**
 * Each of these is one step, after which the dates are those with all steps so far; a step that fails is not
 * taken. `key` names an activity of the schedule. Working time in seconds: from start to finish, and what
 * of it is still to do. Fails with RAPPORT_NOT_FOUND, RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_what_if_set_duration(rapport_what_if* what_if, const char* key, int64_t duration,
                                            int64_t remaining, rapport_error** error);
/** `calendar` is the key of one that the plan uses. */
rapport_status rapport_what_if_set_calendar(rapport_what_if* what_if, const char* key, const char* calendar,
                                            rapport_error** error);
/** `kind` as in documents ("none", "start_no_earlier_than", …); `date` NULL where the kind needs none.
 *  Fails with RAPPORT_INVALID_INPUT where it needs one. */
rapport_status rapport_what_if_set_constraint(rapport_what_if* what_if, const char* key, const char* kind,
                                              const int64_t* date, rapport_error** error);
/** `type`: "FS", "SS", "FF", "SF"; `lag`: working seconds. Fails with RAPPORT_CYCLE, too. */
rapport_status rapport_what_if_add_link(rapport_what_if* what_if, const char* predecessor,
                                        const char* successor, const char* type, int64_t lag,
                                        rapport_error** error);
/** All links between the two. */
rapport_status rapport_what_if_remove_link(rapport_what_if* what_if, const char* predecessor,
                                           const char* successor, rapport_error** error);
/** Its predecessors then hold its successors directly. */
rapport_status rapport_what_if_remove_activity(rapport_what_if* what_if, const char* key,
                                               rapport_error** error);
/** The last step back; `*undone` (or NULL) is 0 when there was none. */
rapport_status rapport_what_if_undo(rapport_what_if* what_if, int32_t* undone, rapport_error** error);
/** The latest early finish with all steps. */
rapport_status rapport_what_if_finish(const rapport_what_if* what_if, int64_t* out, rapport_error** error);
/**
 * What differs from the schedule: key, name, start_before, start_after, finish_before, finish_after,
 * late_finish_before, late_finish_after, total_float_before_minutes, total_float_after_minutes, critical; one
 * row for each activity, null on the side where there is none.
 */
rapport_status rapport_what_if_moved(const rapport_what_if* what_if, struct ArrowArrayStream* out,
                                     rapport_error** error);
/** The dates as they stand, as a schedule that later steps do not change. */
rapport_status rapport_what_if_schedule(const rapport_what_if* what_if, rapport_schedule** out,
                                        rapport_error** error);
void rapport_what_if_free(rapport_what_if* what_if);

/* -- impact: what a change does ----------------------------------------------------------------- */

typedef struct rapport_impact rapport_impact;

/**
 * What a change request does to dates, cost and quality. `change` is its document, as
 * {"id": "CR-1", "title": "…", "edits": [{"activity": "A1040", "add_work": "96h"}]}, or the key of
 * one that the project holds. `before` is the schedule of the project as it stands. Nothing changes.
 * Fails with RAPPORT_PARSE, RAPPORT_NOT_FOUND (an edit names nothing), RAPPORT_INVALID_INPUT,
 * RAPPORT_CYCLE (a new link closes a loop), RAPPORT_CANCELLED.
 */
rapport_status rapport_project_assess(const rapport_project* project, const rapport_schedule* before,
                                      const char* change, const rapport_run_options* options,
                                      rapport_impact** out, rapport_error** error);

/** Of the project's finish, on the clock (seconds; positive: later). */
rapport_status rapport_impact_finish_delta(const rapport_impact* impact, int64_t* out, rapport_error** error);

/** An exact amount. */
typedef struct rapport_money {
  int64_t minor;    /* Minor units: cents. */
  char currency[4]; /* ISO 4217, NUL-terminated; "" when the amount is not known. */
} rapport_money;

/** The exact sum of what the change costs (positive: the project costs more). */
rapport_status rapport_impact_cost_delta(const rapport_impact* impact, rapport_money* out,
                                         rapport_error** error);

#define RAPPORT_IMPACT_ACTIVITIES 0     /* Those that move or whose float alters. */
#define RAPPORT_IMPACT_ALL_ACTIVITIES 1 /* Every one. */
#define RAPPORT_IMPACT_MILESTONES 2
#define RAPPORT_IMPACT_COSTS 3
#define RAPPORT_IMPACT_QUALITY 4
#define RAPPORT_IMPACT_REACH 5
#define RAPPORT_IMPACT_REWORK 6
#define RAPPORT_IMPACT_DEFECTS 7       /* What each verification step does to the defects of each activity. */
#define RAPPORT_IMPACT_DEFECT_PHASES 8 /* Found where, with the effort and cost of mending them there. */
/* The same defects by where they are found (rows) and which phase could have found them first (columns). */
#define RAPPORT_IMPACT_CONTAINMENT_MATRIX 9
#define RAPPORT_IMPACT_DISCARDED_COSTS 10 /* Spent on work that is thrown away; as RAPPORT_IMPACT_COSTS. */

/** One of the tables of an impact (RAPPORT_IMPACT_ACTIVITIES …). Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_impact_table(const rapport_impact* impact, int32_t table, struct ArrowArrayStream* out,
                                    rapport_error** error);
/**
 * The way from the change to "finish", "cost", "quality", or a node ("risk:RK-3", or the key of an
 * activity): {"about", "text", "steps": [{"from", "kind", "node", "label", "because", …}, …]};
 * "from" is the index of the step before. Fails with RAPPORT_NOT_FOUND.
 */
rapport_status rapport_impact_trail(const rapport_impact* impact, const char* about, char** out,
                                    rapport_error** error);
/** The impact as one document (docs/reference/impact.schema.json). */
rapport_status rapport_impact_to_json(const rapport_impact* impact, char** out, rapport_error** error);
/** The schedule with the change. */
rapport_status rapport_impact_schedule(const rapport_impact* impact, rapport_schedule** out,
                                       rapport_error** error);
void rapport_impact_free(rapport_impact* impact);

/**
 * The same under given assumptions: a document as rapport_default_assumptions gives it, of which anything
 * may be left out. What it gives counts as data; figures on what it leaves out are marked as assumed.
 * `assumptions` may be NULL. Fails as above.
 */
rapport_status rapport_project_assess_under(const rapport_project* project, const rapport_schedule* before,
                                            const char* change, const char* assumptions,
                                            const rapport_run_options* options, rapport_impact** out,
                                            rapport_error** error);
/** Every number that an assessment rests on, with its source and whether it is an assumption, as JSON. */
rapport_status rapport_default_assumptions(char** out, rapport_error** error);

/* -- change requests from state to state, and traces to look at again ------------------------------ */

/** No instant is given. */
#define RAPPORT_NO_INSTANT INT64_MIN

/** How large a change is, as approval limits count: calendar days of delay, and cost (may be NULL). */
rapport_status rapport_impact_size(const rapport_impact* impact, int32_t* delay_days, rapport_money* cost,
                                   rapport_error** error);
/**
 * Who must approve a change of this size: {"approvers": ["lee"], "within_limit": true}. `cost` as
 * "900.00 EUR"; NULL: not known. Fails with RAPPORT_PARSE, RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_project_required_approval(const rapport_project* project, int32_t delay_days,
                                                 const char* cost, char** out, rapport_error** error);
/**
 * Where a change request stands, which states may follow, and what has to be recorded for each:
 * {"change", "state", "next": [{"state", "missing": [{"subject", "message", "action", ...}]}]}.
 * Fails with RAPPORT_NOT_FOUND.
 */
rapport_status rapport_project_next_states(const rapport_project* project, const char* change, char** out,
                                           rapport_error** error);

/** Who does it, when, and what they say. */
typedef struct rapport_sign_off {
  size_t struct_size;
  const char* by;     /* Key of a stakeholder. */
  int64_t when;       /* RAPPORT_NO_INSTANT: not said. */
  const char* text;   /* May be NULL. */
  int32_t delay_days; /* For "analysed", the size that was found; negative: none. */
  const char* cost;   /* "900.00 EUR"; NULL: not known. */
} rapport_sign_off;
#define RAPPORT_SIGN_OFF_INIT \
  { sizeof(rapport_sign_off), NULL, RAPPORT_NO_INSTANT, NULL, -1, NULL }

/**
 * Takes a change request to a state ("submitted", "analysed", ...), with the record that the state asks for,
 * and journals it; "implemented" writes the wordings that the request states into its requirements, too.
 * `*entry` (or NULL) becomes the number of the entry. Fails with RAPPORT_NOT_FOUND, and
 * RAPPORT_INVALID_INPUT with every guard that refuses the step.
 */
rapport_status rapport_project_move_change(rapport_project* project, const char* change, const char* state,
                                           const rapport_sign_off* sign, uint64_t* entry,
                                           rapport_error** error);
/**
 * Records what `sign->by` decided: "approved", "rejected", "deferred", "acknowledged", "question".
 * Fails with RAPPORT_NOT_FOUND (the request, the stakeholder), RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_project_answer_change(rapport_project* project, const char* change,
                                             const char* decision, const rapport_sign_off* sign,
                                             uint64_t* entry, rapport_error** error);
/** Traces whose source has a later version than they were confirmed for, or that somebody doubts. */
rapport_status rapport_project_suspect_traces(const rapport_project* project, struct ArrowArrayStream* out,
                                              rapport_error** error);
/**
 * Confirms these traces for today's versions of their sources, and journals it; `traces` NULL: all that are
 * suspect. Fails with RAPPORT_NOT_FOUND.
 */
rapport_status rapport_project_confirm_traces(rapport_project* project, const char* const* traces,
                                              size_t count, const char* by, int64_t when, uint64_t* entry,
                                              rapport_error** error);

/* -- quality models -------------------------------------------------------------------------------- */

/** One step of the defect amplification model (IBM 1981; Pressman, 5th ed., fig. 8.2). */
typedef struct rapport_defect_step {
  const char* name; /* For error messages; may be NULL. */
  double created;   /* New here. */
  double passed;    /* Of the incoming ones, that go through unamplified. */
  double amplification;
  double efficiency; /* Share found here, 0 to 1. */
} rapport_defect_step;

/** Defects after each of `count` steps, into `after`. Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_amplify_defects(const rapport_defect_step* steps, size_t count, double incoming,
                                       double* after, rapport_error** error);
/**
 * Containment (Kan 2002, ch. 6) of defects counted by where they came from and where they were found:
 * counts[found * origin_count + origin], the phases of `found` in the order of `origins`, the field last.
 * One row per phase: phase, injected, removed, present, effectiveness, containment, escaping. `*overall`
 * (or NULL) becomes 1 - field / all, -1 when nothing is counted. Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_containment(const char* const* origins, size_t origin_count, const char* const* found,
                                   size_t found_count, const double* counts, double* overall,
                                   struct ArrowArrayStream* out, rapport_error** error);

#define RAPPORT_REMOVAL_VERY_LOW 0
#define RAPPORT_REMOVAL_LOW 1
#define RAPPORT_REMOVAL_NOMINAL 2
#define RAPPORT_REMOVAL_HIGH 3
#define RAPPORT_REMOVAL_VERY_HIGH 4
#define RAPPORT_REMOVAL_EXTRA_HIGH 5

/** What COQUALMO starts from. Arrays: requirements, design, code; removal: analysis, reviews, testing. */
typedef struct rapport_coqualmo {
  size_t struct_size;
  double size;           /* Thousand source lines. */
  double adjustment[3];  /* Product of the quality adjustment factors; 1 is nominal. */
  int32_t removal[3];    /* RAPPORT_REMOVAL_... */
  double calibration[3]; /* C of the model. */
} rapport_coqualmo;
#define RAPPORT_COQUALMO_INIT                                      \
  {                                                                \
    sizeof(rapport_coqualmo), 1, {1, 1, 1}, {2, 2, 2}, { 1, 1, 1 } \
  }

/**
 * Defects put in and left over by origin (requirements, design, code). The published table of removal
 * fractions is confirmed in its row "low" alone: the figures are estimates on assumptions.
 * Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_coqualmo_residual(const rapport_coqualmo* input, double introduced[3],
                                         double residual[3], rapport_error** error);

typedef struct rapport_volatility_options {
  size_t struct_size;
  const char* period; /* "week", "month", "quarter", "year"; NULL: "month". */
  int64_t baseline;   /* From when on scope is agreed; RAPPORT_NO_INSTANT: the first confirmation. */
} rapport_volatility_options;
#define RAPPORT_VOLATILITY_OPTIONS_INIT \
  { sizeof(rapport_volatility_options), NULL, RAPPORT_NO_INSTANT }

/* from, to, at_start, added, changed, removed, asked, at_end, volatility, growth */
#define RAPPORT_VOLATILITY_PERIODS 0
/* when, step, requirement, version, by, cause, change, source */
#define RAPPORT_VOLATILITY_EVENTS 1
/* By period: from, to, cause, change, added, changed, removed, asked, growth
 * (what it adds in the period; that of a period counts from the beginning) */
#define RAPPORT_VOLATILITY_CAUSES 2

/**
 * How the requirements changed over time and why, from journal, earlier wordings and change requests.
 * Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_project_volatility(const rapport_project* project,
                                          const rapport_volatility_options* options, int32_t table,
                                          struct ArrowArrayStream* out, rapport_error** error);

/** Defects found in each of `count` steps of the amplification model, into `found`.
 *  Fails as rapport_amplify_defects. */
rapport_status rapport_defects_found(const rapport_defect_step* steps, size_t count, double incoming,
                                     double* found, rapport_error** error);

/** Defects found in one phase, and what mending one of them takes there, in any one unit. */
typedef struct rapport_found_defects {
  const char* phase; /* NULL: "phase 1" … */
  double found;
  double cost_each;
} rapport_found_defects;

/**
 * What defects cost by the phase they are found in (Pressman, 5th ed., table 8.1), and all together. How
 * steeply the cost of one rises from phase to phase is contested, so nothing is assumed: name your source.
 * `out` (or NULL): phase, found, cost_each, cost, share (of the total). Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_defect_costs(const rapport_found_defects* phases, size_t count, double* total,
                                    struct ArrowArrayStream* out, rapport_error** error);

/* -- cost: what a plan costs, when, and for whom ------------------------------------------------- */

/**
 * What the plan costs. `basis`: "current" (also NULL) or "baseline". `total` has the currency "" when nothing
 * has a price. `lines` (or NULL): category, state, amount, activity, resource, account, subject, work_hours,
 * quantity, rate, accrual, start, finish, assumed, reason. `schedule` is one of `project`.
 * Fails with RAPPORT_INVALID_INPUT, also when currencies meet without an exchange rate.
 */
rapport_status rapport_schedule_cost(const rapport_schedule* schedule, const rapport_project* project,
                                     const char* basis, rapport_money* total, struct ArrowArrayStream* lines,
                                     rapport_error** error);
/**
 * The same gathered `by` "activity", "account", "wbs", "resource", "requirement" or "stakeholder": key, name,
 * parent, level, amount, with_below, spent, to_come, share, assumed (a line in or below it is). What belongs
 * to none has the key "".
 */
rapport_status rapport_schedule_cost_by(const rapport_schedule* schedule, const rapport_project* project,
                                        const char* basis, const char* by, struct ArrowArrayStream* out,
                                        rapport_error** error);
/**
 * When it counts: from, until, spent, to_come, amount, cumulative, assumed (a line in the step is). `step`:
 * "day", "week" (NULL), "month".
 */
rapport_status rapport_schedule_cost_curve(const rapport_schedule* schedule, const rapport_project* project,
                                           const char* basis, const char* step, struct ArrowArrayStream* out,
                                           rapport_error** error);
/**
 * Earned value at the data date. `options` (or NULL) is a JSON object: "progress" ("reported", "duration",
 * "zero_hundred", "fifty_fifty"), "outlook" ("as_so_far", "as_budgeted", "cost_and_schedule"), "step".
 * `rows`, gathered `by` as above (NULL: "wbs"): key, name, parent, level, planned, earned, actual, budget,
 * cost_variance, schedule_variance, cost_index, schedule_index, complete, estimate_at_completion,
 * variance_at_completion, index_to_budget, assumed (what was spent in or below it is not all recorded).
 * `curve` (or NULL): from, until, planned, earned, actual, cost_index, schedule_index, earned_schedule,
 * schedule_index_time, assumed (the same of what was spent so far).
 */
rapport_status rapport_schedule_earned_value(const rapport_schedule* schedule, const rapport_project* project,
                                             const char* options, const char* by,
                                             struct ArrowArrayStream* rows, struct ArrowArrayStream* curve,
                                             rapport_error** error);
/**
 * What a change costs, gathered: key, name, parent, level, before, delta, after, delta_with_below, reasons,
 * assumed (a cost line of the change in or below it is).
 */
rapport_status rapport_impact_cost_by(const rapport_impact* impact, const rapport_project* project,
                                      const char* by, struct ArrowArrayStream* out, rapport_error** error);
/**
 * What the plan costs once the change is made: `total` is that of the plan before and the cost delta of the
 * impact together, exactly. `lines` (or NULL) as of rapport_schedule_cost. Fails as that.
 */
rapport_status rapport_impact_cost(const rapport_impact* impact, const rapport_project* project,
                                   rapport_money* total, struct ArrowArrayStream* lines,
                                   rapport_error** error);
/**
 * When the money counts, before and after: from, until, before, delta, after, cumulative_before,
 * cumulative_delta, cumulative_after, assumed (something differs in the step, and the work behind the change
 * rests on a default). `step`: "day", "week" (NULL), "month".
 */
rapport_status rapport_impact_cost_curve(const rapport_impact* impact, const rapport_project* project,
                                         const char* step, struct ArrowArrayStream* out,
                                         rapport_error** error);

/**
 * What a cost rests on: {"basis", "currency", "total" (null: nothing has a price), "spent", "to_come",
 * "exchange_rates": [{"of", "price", "from"}], "unpriced": [{"activity", "resource", "effort", "reason"}],
 * "notes"}. Fails as rapport_schedule_cost.
 */
rapport_status rapport_schedule_cost_summary(const rapport_schedule* schedule, const rapport_project* project,
                                             const char* basis, char** out, rapport_error** error);
/**
 * Earned value and earned schedule of the whole plan, options as of rapport_schedule_earned_value:
 * {"status_date", "planned", "earned", "actual", "budget", "cost_variance", "schedule_variance",
 * "cost_index", "schedule_index", "complete", "estimate_at_completion", "estimate_to_complete",
 * "variance_at_completion", "index_to_budget", "step", "earned_schedule", "schedule_variance_time",
 * "schedule_index_time", "estimated_periods", "estimated_finish", "notes"}. What cannot be said is null. The
 * unit of the times is "step". Fails as rapport_schedule_earned_value.
 */
rapport_status rapport_schedule_earned_value_summary(const rapport_schedule* schedule,
                                                     const rapport_project* project, const char* options,
                                                     char** out, rapport_error** error);

/* -- many changes on one plan --------------------------------------------------------------------- */

typedef struct rapport_batch_options {
  size_t struct_size;
  rapport_progress_callback progress; /* NULL: none. */
  void* progress_context;
  uint32_t threads;    /* 0: as many as the machine runs at once. */
  uint32_t pair_limit; /* Pairs that rapport_project_interactions tries; 0: 1000. */
  /* A document as rapport_default_assumptions gives it, of which anything may be left out; NULL: all of it.
   */
  const char* assumptions;
} rapport_batch_options;
#define RAPPORT_BATCH_OPTIONS_INIT \
  { sizeof(rapport_batch_options), NULL, NULL, 0, 0, NULL }

/**
 * Assesses every change against the plan as it is: one row each, in order, with change, line, title,
 * error, finish_delta_minutes, cost_delta … `changes` is JSON Lines (one document a line), a JSON
 * list of documents, or NULL for the change requests that the project holds. One that is at fault is
 * listed with its error and does not stop the others. Fails with RAPPORT_PARSE (no JSON list),
 * RAPPORT_INVALID_INPUT, RAPPORT_CANCELLED.
 */
rapport_status rapport_project_assess_all(const rapport_project* project, const rapport_schedule* before,
                                          const char* changes, const rapport_batch_options* options,
                                          struct ArrowArrayStream* out, rapport_error** error);
/** The same under given assumptions; `assumptions` may be NULL: those of the options. */
rapport_status rapport_project_assess_all_under(const rapport_project* project,
                                                const rapport_schedule* before, const char* changes,
                                                const char* assumptions, const rapport_batch_options* options,
                                                struct ArrowArrayStream* out, rapport_error** error);
/**
 * The same with the changes in a table: a column "document" with each change as JSON, or one edit a
 * row in columns named like the fields of its document, rows with the same "id" being one change.
 * `changes` is consumed in every case.
 */
rapport_status rapport_project_assess_table(const rapport_project* project, const rapport_schedule* before,
                                            struct ArrowArrayStream* changes,
                                            const rapport_batch_options* options,
                                            struct ArrowArrayStream* out, rapport_error** error);
/**
 * Which pairs of changes are worse (positive) or better together than apart: first, second,
 * finish_minutes, cost, error, assumed. `changes` as above, all of them readable. Where the limit left pairs
 * out, the last row has no first and second and says how many as its error.
 */
rapport_status rapport_project_interactions(const rapport_project* project, const rapport_schedule* before,
                                            const char* changes, const rapport_batch_options* options,
                                            struct ArrowArrayStream* out, rapport_error** error);
/**
 * What could be done with one change: accept, defer, reduce scope, crash, drop something else; with
 * the figures of each and whether another one beats it: kind, what, on_front, the columns of
 * rapport_project_assess_all without change, title and line, assumptions. `change` as for
 * rapport_project_assess. Fails with what that fails with for the change itself, and RAPPORT_CANCELLED; an
 * option that cannot be assessed has an error.
 */
rapport_status rapport_project_options(const rapport_project* project, const rapport_schedule* before,
                                       const char* change, const rapport_batch_options* options,
                                       struct ArrowArrayStream* out, rapport_error** error);

/** What limits a choice of changes. */
typedef struct rapport_subset_goal {
  size_t struct_size;
  const char* budget;   /* "20000.00 EUR"; NULL: no limit. */
  int64_t finish_by;    /* RAPPORT_NO_INSTANT: no limit. */
  const double* values; /* One for each change; NULL: each is worth 1. */
  size_t value_count;
  size_t evaluations; /* Sets of changes assessed at most; 0: 4096. */
} rapport_subset_goal;
#define RAPPORT_SUBSET_GOAL_INIT \
  { sizeof(rapport_subset_goal), NULL, RAPPORT_NO_INSTANT, NULL, 0, 0 }

/**
 * The most valuable set of changes that together keep to the limits: change, title, value, chosen, assumed
 * (the change alone moves finish or cost, and the work behind that rests on a default of Rapport's).
 * `summary` becomes {"feasible", "value", "bound", "exact", "evaluated", "finish_delta", "cost_delta",
 * "assumed"}: no set is worth more than "bound". Fails with RAPPORT_INVALID_INPUT, RAPPORT_CANCELLED.
 */
rapport_status rapport_project_best_subset(const rapport_project* project, const rapport_schedule* before,
                                           const char* changes, const rapport_subset_goal* goal,
                                           const rapport_batch_options* options, struct ArrowArrayStream* out,
                                           char** summary, rapport_error** error);

/** How options are made; every number is an assumption that the result names. */
typedef struct rapport_option_rules {
  size_t struct_size;
  const double* scopes; /* Shares of the change that are looked at, 0 to 1; NULL: 0.75, 0.5, 0.25. */
  size_t scope_count;
  double crash_share;   /* Of the duration of an activity that can be won by paying, 0 to 1. */
  double crash_premium; /* Dearer than at the usual rate is the time won, as a share of it, 0 to 1. */
  uint32_t crash_steps; /* Activities crashed at most; of this and the next two up to 1000. */
  uint32_t milestones;  /* After which the change may be deferred, at most. */
  uint32_t drops;       /* Requirements whose loss is looked at, least wanted first, at most. */
  int32_t reserved;     /* 0 */
} rapport_option_rules;
#define RAPPORT_OPTION_RULES_INIT \
  { sizeof(rapport_option_rules), NULL, 0, 0.25, 0.5, 5, 8, 12, 0 }

/** rapport_project_options, made as `rules` say (NULL: as they are initialised). */
rapport_status rapport_project_options_under(const rapport_project* project, const rapport_schedule* before,
                                             const char* change, const rapport_option_rules* rules,
                                             const rapport_batch_options* options,
                                             struct ArrowArrayStream* out, rapport_error** error);

/* -- reach: what a change can touch ------------------------------------------------------------- */

/** The change-impact graph, compiled once and asked often, by any number of threads. */
typedef struct rapport_change_graph rapport_change_graph;

typedef struct rapport_change_graph_options {
  size_t struct_size;
  int32_t depth; /* Longest path of a probable reach in traces, 1 to 64. */
  double cutoff; /* A path less likely than this is not followed further. */
} rapport_change_graph_options;
#define RAPPORT_CHANGE_GRAPH_OPTIONS_INIT \
  { sizeof(rapport_change_graph_options), 4, 1e-4 }

/** Keeps nothing of the project. Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_project_change_graph(const rapport_project* project,
                                            const rapport_change_graph_options* options,
                                            rapport_change_graph** out, rapport_error** error);

#define RAPPORT_FOLLOW_CHANGE 0     /* Every way that change can pass. */
#define RAPPORT_FOLLOW_DOWNSTREAM 1 /* From to, whatever the likelihood. */
#define RAPPORT_FOLLOW_UPSTREAM 2   /* To from, whatever the likelihood. */

/**
 * Everything that can be touched from a node ("requirement:REQ-31"), within `depth` traces (0: any): kind,
 * key, depth, shortest, and, when change is followed, strongest, likelihood, share.
 * Fails with RAPPORT_NOT_FOUND.
 */
rapport_status rapport_change_graph_certain(const rapport_change_graph* graph, const char* node,
                                            int32_t follow, int32_t depth, struct ArrowArrayStream* out,
                                            rapport_error** error);
/**
 * How likely each node is reached, by the propagation tree of Clarkson, Simons & Eckert (2004): kind, key,
 * depth, likelihood, strongest_path, understated_by (what the cutoff took away, at most). `summary`, unless
 * NULL, becomes {"visited", "abandoned"}: too many paths, so likelihoods are those of the strongest path.
 */
rapport_status rapport_change_graph_probable(const rapport_change_graph* graph, const char* node,
                                             struct ArrowArrayStream* out, char** summary,
                                             rapport_error** error);
/** The exact probability, sampled: kind, key, probability, standard_error. The same on every machine. */
rapport_status rapport_change_graph_percolate(const rapport_change_graph* graph, const char* node,
                                              uint32_t trials, uint64_t seed, struct ArrowArrayStream* out,
                                              rapport_error** error);
void rapport_change_graph_free(rapport_change_graph* graph);

#define RAPPORT_RISK_PENULTIMATE_NODE 0 /* The formula of the paper. */
#define RAPPORT_RISK_NESTED_TREE 1      /* The likelihood tree with likelihood x impact on its last link. */

typedef struct rapport_prediction_options {
  size_t struct_size;
  int32_t depth;
  double cutoff;
  int32_t variant;  /* RAPPORT_RISK_… */
  int32_t reserved; /* 0 */
} rapport_prediction_options;
#define RAPPORT_PREDICTION_OPTIONS_INIT \
  { sizeof(rapport_prediction_options), 4, 0, RAPPORT_RISK_PENULTIMATE_NODE, 0 }

/**
 * The Change Prediction Method on matrices of count x count, row receives and column instigates:
 * instigator, receiver, likelihood, impact, risk of every pair that has a likelihood.
 * Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_predict_change(const char* const* names, size_t count, const double* likelihood,
                                      const double* impact, const rapport_prediction_options* options,
                                      struct ArrowArrayStream* out, rapport_error** error);

/**
 * The graph under given assumptions, as for rapport_project_assess_under: how each type of trace passes
 * change, "depth" and "cutoff". `assumptions` may be NULL. Fails with RAPPORT_INVALID_INPUT, RAPPORT_PARSE.
 */
rapport_status rapport_project_change_graph_under(const rapport_project* project, const char* assumptions,
                                                  rapport_change_graph** out, rapport_error** error);

/**
 * The Change Prediction Method on the nodes of `kinds` ("requirement", "deliverable" …; none: these two) and
 * what passes between two of them without a third, within the graph's depth and cutoff. Components are named
 * "requirement:REQ-31"; the table is that of rapport_predict_change. Fails with RAPPORT_INVALID_INPUT, also
 * for more than 500 nodes, RAPPORT_NOT_FOUND (no such kind) and RAPPORT_CANCELLED.
 */
rapport_status rapport_change_graph_predict(const rapport_change_graph* graph, const char* const* kinds,
                                            size_t kind_count, int32_t variant,
                                            const rapport_run_options* options, struct ArrowArrayStream* out,
                                            rapport_error** error);

typedef struct rapport_role_options {
  size_t struct_size;
  rapport_progress_callback progress;
  void* progress_context;
  const char* const* kinds; /* Only these, and what passes between them; NULL: all. */
  size_t kind_count;
  double band; /* A carrier passes on what it takes in, give or take this share. */
  /* So many branches of propagation trees are looked at; where there are more, all nodes are asked to a
   * lesser depth alike. */
  uint64_t most_branches;
} rapport_role_options;
#define RAPPORT_ROLE_OPTIONS_INIT \
  { sizeof(rapport_role_options), NULL, NULL, NULL, 0, 0.1, 100000000 }

/**
 * Absorbers, carriers and multipliers of change (Eckert, Clarkson & Zanker 2004): kind, key, likelihood_out,
 * likelihood_in, risk_out, risk_in, role. Sums over all other nodes of the propagation tree's likelihood and
 * risk; an absorber's risk_out is below (1 - band) risk_in, a multiplier's above (1 + band) risk_in; null
 * where no risk passes. `summary`, unless NULL, becomes {"depth", "branches"}: the depth that was looked at.
 * Fails with RAPPORT_INVALID_INPUT, RAPPORT_NOT_FOUND (no such kind), RAPPORT_CANCELLED.
 */
rapport_status rapport_change_graph_roles(const rapport_change_graph* graph,
                                          const rapport_role_options* options, struct ArrowArrayStream* out,
                                          char** summary, rapport_error** error);
/**
 * The same of the components of matrices, as rapport_predict_change takes them: component, likelihood_out,
 * likelihood_in, risk_out, risk_in, role. Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_predict_roles(const char* const* names, size_t count, const double* likelihood,
                                     const double* impact, const rapport_prediction_options* options,
                                     double band, struct ArrowArrayStream* out, rapport_error** error);

/* -- rework loops: design that goes round ------------------------------------------------------- */

typedef struct rapport_rework_options {
  size_t struct_size;
  rapport_progress_callback progress;
  void* progress_context;
  uint64_t seed;
  uint32_t trials;
  int32_t rework;       /* 0: every activity is done once. */
  double correlation;   /* Of cost with duration, -1 to 1. */
  const double* shares; /* Of the percentiles, each between 0 and 1; NULL: 0.1, 0.5, 0.8, 0.9. */
  size_t share_count;
  const double* duration_limit; /* How likely is more? NULL: not asked. */
  const double* cost_limit;
} rapport_rework_options;
#define RAPPORT_REWORK_OPTIONS_INIT \
  { sizeof(rapport_rework_options), NULL, NULL, 1, 2000, 1, 0.9, NULL, 0, NULL, NULL }

/**
 * The rework loops of Browning & Eppinger (2002): finishing an activity can send back earlier ones. `loops`:
 * {"duration_unit": "days", "cost_unit": "k$", "activities": [{"name": "Design", "duration": [8, 10, 14],
 * "cost": [80, 100, 140], "repeated": 0.4}, ...], "loops": [{"from": "Test", "to": "Design", "probability":
 * 0.3, "impact": 0.5}, ...]}. `out`: of (duration, cost), figure (mean, deviation, skewness, p80 …, over),
 * at, value, standard_error, unit; `trials`, unless NULL: trial, duration, cost. The same on every run with
 * one seed. Fails with RAPPORT_INVALID_INPUT, RAPPORT_PARSE, RAPPORT_CANCELLED.
 */
rapport_status rapport_simulate_rework(const char* loops, const rapport_rework_options* options,
                                       struct ArrowArrayStream* out, struct ArrowArrayStream* trials,
                                       rapport_error** error);

/* -- comparison: two states of a project -------------------------------------------------------- */

typedef struct rapport_comparison rapport_comparison;

#define RAPPORT_DELTA_BY_KIND 0 /* Progress, data date, links, durations … */
#define RAPPORT_DELTA_BY_ACTIVITY 1
#define RAPPORT_DELTA_BY_EDIT 2

typedef struct rapport_compare_options {
  size_t struct_size;
  rapport_progress_callback progress;
  void* progress_context;
  const char* milestone; /* The activity whose finish is explained; NULL: the project's finish. */
  int32_t by;            /* RAPPORT_DELTA_BY_… */
  int32_t explain;       /* 0: only what differs and what moved. */
  uint32_t exact_parts;  /* Up to so many parts the shares are exact; more are sampled. */
  uint32_t permutations; /* Orders drawn for more. */
  uint64_t seed;
  int32_t rules;    /* RAPPORT_RULES_… that both are scheduled by; _AUTO: each by its own. */
  int32_t reserved; /* 0 */
} rapport_compare_options;
#define RAPPORT_COMPARE_OPTIONS_INIT                                                        \
  {                                                                                         \
    sizeof(rapport_compare_options), NULL, NULL, NULL, RAPPORT_DELTA_BY_KIND, 1, 10, 64, 1, \
        RAPPORT_RULES_AUTO, 0                                                               \
  }

/**
 * What differs between two states of a project, what moved, and which edits moved the finish and the
 * cost by how much: the Shapley value of groups of edits, whose parts sum exactly to the whole.
 * Fails with RAPPORT_NOT_FOUND (the milestone), RAPPORT_CYCLE, RAPPORT_INVALID_INPUT,
 * RAPPORT_CANCELLED.
 */
rapport_status rapport_project_compare(const rapport_project* before, const rapport_project* after,
                                       const rapport_compare_options* options, rapport_comparison** out,
                                       rapport_error** error);

#define RAPPORT_COMPARISON_DIFFERENCES 0 /* One row per fact added or removed, and per field changed. */
#define RAPPORT_COMPARISON_MOVED 1       /* One row per activity that moved. */
#define RAPPORT_COMPARISON_EXPLANATION 2 /* One row per part. */

/** One of the tables of a comparison (RAPPORT_COMPARISON_…). Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_comparison_table(const rapport_comparison* comparison, int32_t table,
                                        struct ArrowArrayStream* out, rapport_error** error);
/**
 * {"before", "after", "finish_seconds", "working_seconds", "cost_before", "cost_after", "cost", "exact",
 * "permutations", "schedules", "parts": [{"part", "finish_seconds", "working_seconds",
 * "finish_error_seconds", "cost", "edits"}, …], "notes"}.
 */
rapport_status rapport_comparison_explanation(const rapport_comparison* comparison, char** out,
                                              rapport_error** error);
void rapport_comparison_free(rapport_comparison* comparison);
/**
 * The comparison as one self-contained page or as Markdown: RAPPORT_FORMAT_HTML or _MARKDOWN, in `language`
 * ("en", "zh"; NULL: "en"). `before` and `after` (or NULL) are what the states are called, such as their
 * files. Always internal. Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_comparison_report(const rapport_comparison* comparison, int32_t format,
                                         const char* before, const char* after, const char* language,
                                         char** out, rapport_error** error);

/* -- notices: who must know, and what they are told --------------------------------------------- */

typedef struct rapport_notices rapport_notices;

#define RAPPORT_COPY_INTERNAL 0
#define RAPPORT_COPY_CLIENT 1
#define RAPPORT_COPY_BY_RECIPIENT 2 /* The client copy for everybody outside the team. */

typedef struct rapport_notice_options {
  size_t struct_size;
  const char* language; /* "en", "zh"; NULL: each recipient's own. */
  int32_t copy;         /* RAPPORT_COPY_… */
  const char* sender;   /* Signs the notices; may be NULL. */
  int64_t today;        /* To find the answer-by date; RAPPORT_NO_INSTANT: the data date. */
} rapport_notice_options;
#define RAPPORT_NOTICE_OPTIONS_INIT \
  { sizeof(rapport_notice_options), NULL, RAPPORT_COPY_BY_RECIPIENT, NULL, RAPPORT_NO_INSTANT }

/** Who must approve, be consulted, be told, and the text for each. Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_project_notify(const rapport_project* project, const rapport_impact* impact,
                                      const rapport_notice_options* options, rapport_notices** out,
                                      rapport_error** error);
/** One row per notice, without its text. */
rapport_status rapport_notices_table(const rapport_notices* notices, struct ArrowArrayStream* out,
                                     rapport_error** error);
/**
 * {"change", "answer_by", "choices", "notices": [{"to", "part", "because", "because_texts", "copy",
 * "answer_by", "subject", "text"}, …], "diagnostics"}; texts are Markdown.
 */
rapport_status rapport_notices_to_json(const rapport_notices* notices, char** out, rapport_error** error);
void rapport_notices_free(rapport_notices* notices);

/* -- reports ------------------------------------------------------------------------------------ */

#define RAPPORT_FORMAT_HTML 0
#define RAPPORT_FORMAT_MARKDOWN 1
#define RAPPORT_FORMAT_SVG 2 /* Of a risk matrix only. */

typedef struct rapport_report_options {
  size_t struct_size;
  int32_t format;       /* RAPPORT_FORMAT_… */
  int32_t copy;         /* RAPPORT_COPY_INTERNAL or RAPPORT_COPY_CLIENT */
  const char* language; /* "en", "zh"; NULL: "en". */
  int64_t today;        /* To find the answer-by date; RAPPORT_NO_INSTANT: the data date. */
} rapport_report_options;
#define RAPPORT_REPORT_OPTIONS_INIT \
  { sizeof(rapport_report_options), RAPPORT_FORMAT_HTML, RAPPORT_COPY_INTERNAL, NULL, RAPPORT_NO_INSTANT }

/**
 * The page of an impact: one self-contained HTML document, or Markdown for mail. The client copy
 * holds nothing that is internal. Fails with RAPPORT_INVALID_INPUT.
 */
rapport_status rapport_project_report(const rapport_project* project, const rapport_impact* impact,
                                      const rapport_report_options* options, char** out,
                                      rapport_error** error);

/* -- risks -------------------------------------------------------------------------------------- */

typedef struct rapport_risks rapport_risks;

/** The register on the PMBOK probability-impact matrix. */
rapport_status rapport_project_risks(const rapport_project* project, rapport_risks** out,
                                     rapport_error** error);

#define RAPPORT_RISKS_REGISTER 0
#define RAPPORT_RISKS_MATRIX 1

/** One of the tables of a register (RAPPORT_RISKS_REGISTER …). Fails with RAPPORT_INVALID_INPUT. */
rapport_status rapport_risks_table(const rapport_risks* risks, int32_t table, struct ArrowArrayStream* out,
                                   rapport_error** error);
/** Where the risks that an impact touches move: one row per move. */
rapport_status rapport_risks_moved(const rapport_risks* risks, const rapport_impact* impact,
                                   struct ArrowArrayStream* out, rapport_error** error);
/** The register as a page, or its matrix as a picture. Always internal: `copy` is not looked at. */
rapport_status rapport_risks_report(const rapport_risks* risks, const rapport_report_options* options,
                                    char** out, rapport_error** error);
void rapport_risks_free(rapport_risks* risks);

#ifdef __cplusplus
}
#endif

#endif
