# cpack: a tarball that is unpacked over a prefix, and a .deb. Both hold corefile-lint alone, with its manual page and completions.
if(NOT PROJECT_IS_TOP_LEVEL OR NOT COREFILE_INSTALL)
  return()
endif()
set(CPACK_GENERATOR "TGZ;DEB")
set(CPACK_PACKAGE_NAME corefile-lint)
set(CPACK_PACKAGE_VENDOR "The corefile authors")
set(CPACK_PACKAGE_CONTACT "The corefile authors <maintainers@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "linter for Corefiles, the configuration of CoreDNS")
set(CPACK_PACKAGE_DESCRIPTION
    "corefile-lint finds what is wrong with a Corefile before CoreDNS does: what
a release of CoreDNS refuses, loops, and what loads and does the wrong thing.
It reads Corefiles and the Kubernetes manifests that hold one, and fixes some
of it.")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://example.invalid/corefile")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_COMPONENTS_ALL tool)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
string(TOLOWER "${CMAKE_SYSTEM_NAME}" system)
set(CPACK_PACKAGE_FILE_NAME "corefile-lint-${PROJECT_VERSION}-${system}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/packaging/debian/finish.cmake")
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/packaging/debian/generator.cmake")

# dpkg has a log of the package's own versions; what changed in the program is in CHANGELOG.md.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/package/changelog"
     CONTENT "corefile-lint (@PROJECT_VERSION@) unstable; urgency=medium

  * See CHANGELOG.md of the project.

 -- The corefile authors <maintainers@example.invalid>  Thu, 01 Jan 2026 00:00:00 +0000
" @ONLY)
install(FILES packaging/debian/copyright "${PROJECT_BINARY_DIR}/package/changelog" DESTINATION share/doc/corefile-lint COMPONENT debian
        EXCLUDE_FROM_ALL)
install(FILES packaging/debian/lintian-overrides DESTINATION share/lintian/overrides RENAME corefile-lint COMPONENT debian EXCLUDE_FROM_ALL)
include(CPack)
