package dev.carafe.engine.names;

import java.util.random.RandomGenerator;

/// Random names that people can say: an adjective and the surname of somebody who moved science or
/// computing on.
public final class RandomNames {
    private static final String[] ADJECTIVES =
            words(
                    """
                    able airy amber ample apt ardent astute avid balmy bold brave breezy bright brisk calm candid careful
                    cheery civil clever cosy crisp curious dapper daring deft dewy eager early earnest easy elated fair
                    famous fearless festive fine fleet fond frank fresh gentle gifted glad golden grand handy happy hardy
                    hearty honest hopeful humble ideal jaunty jolly jovial keen kind lively loyal lucid lucky lunar mellow
                    merry mighty mindful modest neat nifty nimble noble open patient peppy perky placid plucky polite
                    prompt proud quick quiet radiant rapid ready robust rosy serene sharp shiny silent sincere smooth snug
                    solar solid spry stately steady stellar sturdy sunny swift tender thrifty tidy timely tranquil trim
                    trusty upbeat vivid warm wise witty worthy zesty\
                    """);
    private static final String[] SURNAMES =
            words(
                    """
                    abel agnesi alhazen ampere archimedes aryabhata avogadro babbage backus bassi bernoulli blackwell bohr
                    boole borg brahe brahmagupta cantor carson cerf chandra codd cori curie dalton darwin davinci descartes
                    dijkstra dirac edison einstein elion engelbart erdos euclid euler faraday fermat fermi feynman fourier
                    franklin galileo galois gauss germain goedel goodall hamilton hawking heisenberg herschel hertz hilbert
                    hoare hodgkin hooke hopper hubble huygens hypatia jackson jemison johnson joliot joule kare kepler
                    khayyam kilby knuth kovalevskaya lagrange lamarr laplace leavitt leibniz liskov lovelace lumiere
                    mayer maxwell mcclintock meitner mendel mendeleev mirzakhani moore morse napier newton nightingale
                    nobel noether oersted ohm pascal pasteur pauli perlman planck poincare ptolemy pythagoras ramanujan
                    ride ritchie roentgen rubin sammet shannon shaw sinoussi somerville stallman tesla thompson torvalds
                    turing villani volta wiles wing wozniak wright wu yalow yonath zeno zuse\
                    """);

    private RandomNames() {}

    /// One of some 17,000 names, such as `brisk_noether`. A name that is taken is no error here:
    /// the caller asks again with a growing `attempt`, from the third on a digit is added.
    public static String next(RandomGenerator random, int attempt) {
        String name =
                ADJECTIVES[random.nextInt(ADJECTIVES.length)]
                        + "_"
                        + SURNAMES[random.nextInt(SURNAMES.length)];
        return attempt < 2 ? name : name + random.nextInt(10 * attempt);
    }

    private static String[] words(String text) {
        return text.split("\\s+");
    }
}
