// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app.hpp"
#include "help.hpp"
#include "help_page.hpp"

namespace corefile::app {
namespace {

struct Command {
  std::string_view name, about;
  std::vector<HelpItem> options;
  std::string words;  // in place of files, as sh writes them
};

constexpr std::string_view rule_names = "corefile-lint rules 2>/dev/null | sed -n '2,$s/ .*//p'";

std::string words_for(const HelpPage& page) {
  const std::string_view usage = page.usage.empty() ? std::string_view() : page.usage.front();
  if (usage.ends_with(" RULE")) return "$(" + std::string(rule_names) + ')';
  return usage.ends_with(" SHELL") ? "bash zsh fish" : "";
}

std::vector<Command> commands() {
  std::vector<Command> all;
  for (const HelpItem& item : help_commands()) {
    const HelpPage page = read_help(help(item.term));
    all.push_back({item.term, page.about, options_of(page), words_for(page)});
  }
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) (out += out.empty() ? "" : " ") += word;
  return out;
}

bool takes_rules(const HelpItem& option) { return option.argument == "NAMES" || option.argument.starts_with("RULE"); }

// In single quotes of sh and fish; both end them for a ' of the text.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) (c == '\'' ? out += "'\\'" : out) += c;
  return out + '\'';
}

// `COMMAND:OPTION) …`: what an option's argument may be.
std::string bash_values(const Command& command, const HelpItem& option) {
  std::string may_be;
  if (!option.choices.empty()) {
    may_be = "words='" + joined(option.choices) + '\'';
  } else if (takes_rules(option)) {
    may_be = "words=$(" + std::string(rule_names) + ')';
  } else if (!option.argument.empty() && !option.argument.starts_with('[')) {
    may_be = "files=1";
  } else {
    return {};
  }
  std::string out;
  for (const std::string_view name : option.names)
    out += "    " + std::string(command.name) + ':' + std::string(name) + ") " + may_be + " ;;\n";
  return out;
}

std::string bash(const std::vector<Command>& all) {
  std::string names, options, values, subjects;
  for (const Command& command : all) {
    const std::string name(command.name);
    names += (names.empty() ? "" : " ") + name;
    std::string words = "--help";
    for (const HelpItem& option : command.options) {
      for (const std::string_view word : option.names) (words += ' ') += word;
      values += bash_values(command, option);
    }
    options.append("      ").append(name).append(") words='").append(words).append("' ;;\n");
    if (!command.words.empty()) subjects += name + ") words=\"" + command.words + "\" ;; ";
  }
  std::string out = R"(# bash completion for corefile-lint, written by `corefile-lint completion bash`
_corefile_lint() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=check word words= files=
  for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case " @NAMES@ " in *" $word "*) command=$word ;; esac
    break
  done
  case $command:$previous in
@VALUES@  esac
  if [[ -z $words && -z $files ]]; then
    if [[ $current == -* ]]; then
      case $command in
@OPTIONS@      esac
    elif [[ $COMP_CWORD == 1 ]]; then
      words='@NAMES@' files=1
    else
      case $command in @SUBJECTS@*) files=1 ;; esac
    fi
  fi
  COMPREPLY=($(compgen ${words:+-W "$words"} ${files:+-f} -- "$current"))
}
complete -o filenames -F _corefile_lint corefile-lint
)";
  const std::array<std::pair<std::string_view, std::string_view>, 4> parts{
      {{"@NAMES@", names}, {"@VALUES@", values}, {"@OPTIONS@", options}, {"@SUBJECTS@", subjects}}};
  for (const auto& [mark, text] : parts) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark)) out.replace(at, mark.size(), text);
  }
  return out;
}

// In a spec of _arguments, `[` `]` `:` and `\` are its own.
std::string zsh_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("[]:\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_spec(const HelpItem& option, std::string_view name) {
  std::string spec(name);
  const bool optional = option.argument.starts_with('[');
  if (optional) spec += "=-";
  spec = '*' + spec + '[' + zsh_escaped(option.about) + ']';
  if (option.argument.empty()) return quoted(spec);
  spec += std::string(optional ? "::" : ":") + zsh_escaped(option.argument) + ':';
  if (!option.choices.empty()) return quoted(spec + '(' + joined(option.choices) + ')');
  return quoted(spec + (takes_rules(option) ? "_corefile_lint_rules" : "_files"));
}

std::string zsh_subject(const Command& command) {
  if (command.words.empty()) return "'*:file:_files'";
  return command.words.starts_with('$') ? "'*:rule:_corefile_lint_rules'" : "'1:shell:(" + command.words + ")'";
}

std::string zsh(const std::vector<Command>& all) {
  std::string out =
      "#compdef corefile-lint\n# zsh completion for corefile-lint, written by `corefile-lint completion zsh`\n"
      "_corefile_lint_rules() { compadd -- ${(f)\"$(" +
      std::string(rule_names) +
      ")\"} }\n"
      "_corefile_lint() {\n  local command=check\n  local -a commands=(";
  std::string names;
  for (const Command& command : all) {
    out += "\n    " + quoted(std::string(command.name) + ':' + zsh_escaped(command.about));
    (names += names.empty() ? "" : "|") += command.name;
  }
  out += ")\n  case ${words[2]} in " + names +
         ")\n    command=${words[2]}\n    if (( CURRENT > 2 )); then\n      words=(\"${words[1]}\" \"${(@)words[3,-1]}\")\n      (( "
         "CURRENT-- ))\n    fi ;;\n"
         "  esac\n  if (( CURRENT == 2 )) && [[ ${words[2]} != -* && $command == check ]]; then\n    _describe command commands\n  fi\n"
         "  case $command in\n";
  for (const Command& command : all) {
    out += "    " + std::string(command.name) + ") _arguments -s '--help[its help]'";
    for (const HelpItem& option : command.options) {
      for (const std::string_view name : option.names) out += " \\\n      " + zsh_spec(option, name);
    }
    out += std::string(" \\\n      ") + zsh_subject(command) + " ;;\n";
  }
  return out + "  esac\n}\n_corefile_lint \"$@\"\n";
}

std::string fish(const std::vector<Command>& all) {
  std::string names;
  for (const Command& command : all) (names += names.empty() ? "" : " ") += command.name;
  std::string out =
      "# fish completion for corefile-lint, written by `corefile-lint completion fish`\n"
      "set -l commands " +
      names + "\n";
  for (const Command& command : all) {
    const std::string name(command.name);
    out += "complete -c corefile-lint -n \"not __fish_seen_subcommand_from $commands\" -a " + name + " -d " + quoted(command.about) + '\n';
    // check is meant where no command is named.
    const std::string when = name == "check" ? "\"not __fish_seen_subcommand_from $commands; or __fish_seen_subcommand_from check\""
                                             : "\"__fish_seen_subcommand_from " + name + '"';
    if (!command.words.empty()) {
      const bool rules = command.words.starts_with('$');
      out += "complete -c corefile-lint -n " + when + " -f -a " + quoted(rules ? command.words.substr(1) : command.words) + '\n';
    }
    for (const HelpItem& option : command.options) {
      out += "complete -c corefile-lint -n " + when;
      for (const std::string_view word : option.names)
        out += word.starts_with("--") ? " -l " + std::string(word.substr(2)) : " -s " + std::string(word.substr(1));
      if (!option.choices.empty())
        out += " -x -a " + quoted(joined(option.choices));
      else if (takes_rules(option))
        out += " -x -a " + quoted('(' + std::string(rule_names) + ')');
      else if (!option.argument.empty() && !option.argument.starts_with('['))
        out += " -r";
      out += " -d " + quoted(option.about) + '\n';
    }
  }
  return out;
}

}  // namespace

void completion(const Invocation&, std::vector<std::string> words, Outcome& outcome) {
  struct Shell {
    std::string_view name;
    std::string (*write)(const std::vector<Command>&);
  };
  constexpr std::array shells{Shell{"bash", bash}, Shell{"zsh", zsh}, Shell{"fish", fish}};
  if (words.size() != 1) throw UsageError("completion needs the name of a shell: bash, zsh or fish");
  const std::string& wanted = words.front();
  const auto shell = std::find_if(shells.begin(), shells.end(), [&](const Shell& one) { return one.name == wanted; });
  if (shell == shells.end()) throw UsageError("completion: `" + wanted + "` is not one of bash, zsh, fish");
  outcome.out = shell->write(commands());
  outcome.data = true;
}

}  // namespace corefile::app
