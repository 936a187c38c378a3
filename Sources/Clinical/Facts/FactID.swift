// SPDX-License-Identifier: Apache-2.0

/// Something that can be known about a person: a finding (`calf_bigger_cm`) or a measure
/// (`heel_raise_lsi_percent`).
///
/// The vocabularies are data files; an id outside them does not load.
public enum Fact {
    public typealias ID = Identifier<Fact>
}

public typealias FactID = Fact.ID
