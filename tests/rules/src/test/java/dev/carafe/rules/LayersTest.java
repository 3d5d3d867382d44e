package dev.carafe.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {
    /// The floors, lowest first: a room may import from the floors below its own, never from a
    /// neighbour.
    private static final List<List<String>> FLOORS =
            List.of(
                    List.of("base"),
                    List.of("oci", "dockermodel"),
                    List.of("linux"),
                    List.of("content", "registry", "snapshots", "runtime", "network"),
                    List.of("images"),
                    List.of("engine", "build"),
                    List.of("dockerapi", "buildkit", "registryserver"),
                    List.of("daemon", "cli"));

    private static final SliceAssignment EACH_PACKAGE =
            new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                    return SliceIdentifier.of(javaClass.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "each package";
                }
            };

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.carafe");

    @Test
    void importsGoDownstairsOnly() {
        List<String> upstairs = new ArrayList<>();
        for (List<String> floor : FLOORS.reversed()) {
            for (String room : floor) {
                List<String> forbidden = new ArrayList<>(upstairs);
                floor.stream().filter(r -> !r.equals(room)).forEach(forbidden::add);
                if (!forbidden.isEmpty()) {
                    noClasses()
                            .that()
                            .resideInAPackage(tree(room))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(trees(forbidden))
                            .because(room + " knows only what is below it")
                            .check(HOUSE);
                }
            }
            upstairs.addAll(floor);
        }
    }

    @Test
    void everyRoomIsOnAFloor() {
        List<String> known = new ArrayList<>(FLOORS.stream().flatMap(List::stream).toList());
        known.add("testkit");
        classes()
                .that()
                .resideInAPackage("dev.carafe..")
                .should()
                .resideInAnyPackage(trees(known))
                .check(HOUSE);
    }

    @Test
    void noPackageCycleExistsAnywhere() {
        slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void onlyLinuxCallsForeignFunctions() {
        noClasses()
                .that(not(resideInAPackage("dev.carafe.linux..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(HOUSE);
    }

    @Test
    void theWiresRecordsStopInTheFronts() {
        noClasses()
                .that(
                        not(
                                resideInAnyPackage(
                                        "dev.carafe.dockermodel..",
                                        "dev.carafe.dockerapi..",
                                        "dev.carafe.cli..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.carafe.dockermodel..")
                .check(HOUSE);
    }

    @Test
    void theCommandLineSeesTheModelAndHttpOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.carafe.cli..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.carafe..")
                                .and(
                                        not(
                                                resideInAnyPackage(
                                                        "dev.carafe.cli..",
                                                        "dev.carafe.dockermodel..",
                                                        "dev.carafe.base.."))))
                .check(HOUSE);
    }

    @Test
    void onlyProgramsMayExit() {
        noClasses()
                .that(not(resideInAnyPackage("dev.carafe.daemon..", "dev.carafe.cli..")))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(HOUSE);
    }

    @Test
    void jettyIsSeenInOnePackageOfARoom() {
        noClasses()
                .that(
                        not(
                                resideInAnyPackage(
                                        "dev.carafe.dockerapi.jetty..",
                                        "dev.carafe.registryserver.jetty..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(HOUSE);
    }

    @Test
    void grpcIsSeenInOneRoom() {
        noClasses()
                .that(not(resideInAPackage("dev.carafe.buildkit..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..")
                .check(HOUSE);
    }

    private static String tree(String room) {
        return "dev.carafe." + room + "..";
    }

    private static String[] trees(List<String> rooms) {
        return rooms.stream().map(LayersTest::tree).toArray(String[]::new);
    }
}
