# What Debian's policy wants of a package's files, done to the tree that CPack is about to pack.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
# The manual pages and the change log compressed, without a date.
file(GLOB_RECURSE files "${CPACK_TEMPORARY_DIRECTORY}/*")
list(FILTER files INCLUDE REGEX "/share/man/.*[.]1$|/changelog$")
foreach(file IN LISTS files)
  execute_process(COMMAND gzip -9n "${file}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
# zsh of Debian reads completions of packages elsewhere than others do. Components have a folder each.
file(GLOB folders "${CPACK_TEMPORARY_DIRECTORY}/*/usr/share/zsh")
foreach(folder IN LISTS folders)
  file(RENAME "${folder}/site-functions" "${folder}/vendor-completions")
endforeach()
