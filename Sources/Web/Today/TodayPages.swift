// SPDX-License-Identifier: Apache-2.0

struct TodayPages: Feature {
    let site: Site
    var routes: [Route] { [] }
}
