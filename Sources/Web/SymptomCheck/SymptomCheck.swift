// SPDX-License-Identifier: Apache-2.0

struct SymptomCheck: Feature {
    let site: Site
    var routes: [Route] { [] }
}
