# What Debian's policy wants of a package's files, done to the tree that CPack is about to pack: the manual page and the change log
# compressed without a date.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
file(GLOB_RECURSE pages "${CPACK_TEMPORARY_DIRECTORY}/usr/share/man/*.1" "${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/*/changelog.Debian")
foreach(page IN LISTS pages)
  execute_process(COMMAND gzip -9n "${page}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
# zsh of Debian reads completions of packages there.
file(GLOB site "${CPACK_TEMPORARY_DIRECTORY}/usr/share/zsh/site-functions")
if(site)
  file(RENAME "${site}" "${CPACK_TEMPORARY_DIRECTORY}/usr/share/zsh/vendor-completions")
endif()
