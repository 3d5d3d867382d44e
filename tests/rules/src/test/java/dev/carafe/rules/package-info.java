/// The layering rules of the house as tests. They have no exception list: a rule that does not hold
/// is a fault of the code.
package dev.carafe.rules;
